import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DialectName } from '../../src/scim/dialect.js';
import { parseFilter } from '../../src/scim/filter-parser.js';
import type { Member } from '../../src/scim/member.js';
import { applyMemberSteps, foldMemberSteps, type MemberDelta, type MemberStep } from '../../src/scim/member-delta.js';
import { patch, patchFault } from './patching.js';
import { faultOf, groupReader } from './readers.js';

const group = { displayName: 'Sales' };
const delta = (operations: unknown, dialect: DialectName = 'rfc') =>
  patch(group, operations, groupReader(dialect)).members;
const fault = (operations: unknown, dialect: DialectName = 'rfc') =>
  patchFault(group, operations, groupReader(dialect));
const add = (...values: string[]) => ({ op: 'add', path: 'members', value: values.map((value) => ({ value })) });

describe('a PATCH of members', () => {
  it('[33] becomes what to add and what to remove, whatever the group holds', () => {
    expect(delta([add('a', 'b'), { op: 'remove', path: 'members[value eq "c"]' }])).toEqual({
      kind: 'keyed',
      add: [{ value: 'a' }, { value: 'b' }],
      remove: ['c'],
    });
    expect(patch(group, [add('a')], groupReader()).changed).toBe(false);
  });

  it('[30] names each member once, the last word about it standing', () => {
    expect(delta([add('a', 'a'), add('a')])).toEqual({ kind: 'keyed', add: [{ value: 'a' }], remove: [] });
    expect(delta([add('a', 'b'), { op: 'remove', path: 'members[value eq "a"]' }])).toEqual({
      kind: 'keyed',
      add: [{ value: 'b' }],
      remove: ['a'],
    });
    expect(delta([{ op: 'remove', path: 'members[value eq "a"]' }, add('a')])).toEqual({
      kind: 'keyed',
      add: [{ value: 'a' }],
      remove: [],
    });
  });

  it('[28] removes the members of a list or of a filter of values, and no others', () => {
    const removed = { kind: 'keyed', add: [], remove: ['u-17', 'u-18'] };
    expect(delta([{ op: 'remove', path: 'members', value: [{ value: 'u-17' }, { value: 'u-18' }] }])).toEqual(removed);
    expect(delta([{ op: 'remove', path: 'members[value eq "u-17" or value eq "u-18"]' }])).toEqual(removed);
  });

  it('[28] empties the group when no value is given', () => {
    expect(delta([{ op: 'remove', path: 'members' }])).toEqual({ kind: 'whole', members: [] });
  });

  it.each<[unknown]>([[null], [[]], [''], [{}], [[null]], [[{}]], [[{ $ref: null }]]])(
    '[28] removes nothing by a list of nothing, %j, in every dialect',
    (value) => {
      const operations = [{ op: 'remove', path: 'members', value }];
      expect([delta(operations, 'lenient'), delta(operations, 'rfc'), delta(operations, 'interop')]).toEqual([
        { kind: 'none' },
        { kind: 'none' },
        { kind: 'none' },
      ]);
    },
  );

  it('[28] never takes a value that names no member for the whole group', () => {
    expect(fault([{ op: 'remove', path: 'members', value: [{ display: 'Kit' }] }])).toBe(
      'invalidValue: operation 1: a member has no `value`; give the id of an account or group',
    );
  });

  it('[28, O9] refuses a member that is named by its reference alone, since nobody would be added or removed', () => {
    const value = [{ value: 'u-1' }, { $ref: 'https://h/Users/u-17' }];
    const message = 'invalidValue: operation 1: a member has no `value`; give the id of an account or group';
    for (const op of ['add', 'remove', 'replace'])
      expect(fault([{ op, path: 'members', value }], 'lenient')).toBe(message);
  });

  it('[33] replaces the whole set, and counts what follows into it', () => {
    expect(
      delta([
        add('x'),
        { op: 'replace', path: 'members', value: [{ value: 'a' }, { value: 'b' }] },
        add('c'),
        { op: 'remove', path: 'members[value eq "a"]' },
      ]),
    ).toEqual({
      kind: 'whole',
      members: [{ value: 'b' }, { value: 'c' }],
    });
    expect(delta([{ op: 'replace', value: { members: [] } }])).toEqual({ kind: 'whole', members: [] });
  });

  it('[33] leaves a filter that asks for more than values to be evaluated over the members', () => {
    const members = delta([
      add('g-1'),
      { op: 'remove', path: 'members[type eq "Group"]' },
      { op: 'remove', path: 'members[value eq "u-1"]' },
    ]);
    expect(members).toMatchObject({
      kind: 'filtered',
      steps: [{ kind: 'add' }, { kind: 'remove-where' }, { kind: 'remove', values: ['u-1'] }],
    });
    const present: readonly Member[] = [
      { value: 'g-2', type: 'Group' },
      { value: 'u-1' },
      { value: 'u-2', type: 'User' },
    ];
    expect(members.kind === 'filtered' && applyMemberSteps(present, members.steps)).toEqual({
      kind: 'keyed',
      add: [{ value: 'g-1' }],
      remove: ['g-2', 'u-1'],
    });
  });

  it('[11] does not change a member in place', () => {
    const message =
      'mutability: operation 1: `members.type` of a member cannot change; remove the member and add the other';
    expect(fault([{ op: 'replace', path: 'members[value eq "a"].type', value: 'User' }], 'lenient')).toBe(message);
  });

  it('[28, RFC 7644 §3.5.2.3] puts a member in the place of those that a filter finds, and wants one', () => {
    const members = delta([{ op: 'replace', path: 'members[type eq "Group"]', value: { value: 'b' } }]);
    const outcomeFor = (...present: readonly Member[]) =>
      members.kind === 'filtered' && applyMemberSteps(present, members.steps);
    expect(outcomeFor({ value: 'g-1', type: 'Group' }, { value: 'u-1', type: 'User' })).toEqual({
      kind: 'keyed',
      add: [{ value: 'b', type: 'Group' }],
      remove: ['g-1'],
    });
    expect(faultOf(() => outcomeFor({ value: 'u-1', type: 'User' }))).toBe(
      'noTarget: no `members` element matches `type eq "Group"`',
    );
  });

  it('[28] does not change what is there because one of two says what it is', () => {
    const steps = [{ kind: 'add', members: [{ value: 'u-1' }, { value: 'u-2', type: 'User' }] }] as const;
    expect(applyMemberSteps([{ value: 'u-1', type: 'User' }, { value: 'u-2' }], steps)).toEqual({
      kind: 'keyed',
      add: [],
      remove: [],
    });
  });

  it('[33] takes thousands of members in one operation', () => {
    const values = Array.from({ length: 5000 }, (_, i) => `u-${i}`);
    expect(delta([add(...values)])).toMatchObject({ kind: 'keyed', add: { length: 5000 } });
  });
});

describe('any sequence of member steps', () => {
  const value = fc.constantFrom('a', 'b', 'c', 'd');
  const member = fc.record({ value, type: fc.constantFrom('User', 'Group') });
  const isGroup = parseFilter('members[type eq "Group"]', groupReader('rfc'));
  const filter = isGroup.kind === 'element' ? isGroup.filter : isGroup;
  const step: fc.Arbitrary<MemberStep> = fc.oneof(
    fc.array(member).map((members) => ({ kind: 'add', members }) as const),
    fc.array(value).map((values) => ({ kind: 'remove', values }) as const),
    fc.uniqueArray(member, { selector: (one) => one.value }).map((members) => ({ kind: 'replace', members }) as const),
    fc.constant({ kind: 'remove-where', filter } as const),
  );

  it('[30, 33] folds into a delta with the same outcome as one step after the other', () => {
    const present = fc.uniqueArray(member, { selector: (one) => one.value });
    fc.assert(
      fc.property(present, fc.array(step, { maxLength: 6 }), (members, steps) => {
        expect(valuesAfter(members, foldMemberSteps(steps))).toEqual(stepByStep(members, steps));
      }),
      { numRuns: 1000 },
    );
  });
});

function valuesAfter(members: readonly Member[], delta: MemberDelta): readonly string[] {
  if (delta.kind === 'none') return members.map((member) => member.value).sort();
  if (delta.kind === 'whole') return delta.members.map((member) => member.value).sort();
  const { add: added, remove } = delta.kind === 'keyed' ? delta : applyMemberSteps(members, delta.steps);
  const kept = members.map((member) => member.value).filter((value) => !remove.includes(value));
  return [...new Set([...kept, ...added.map((member) => member.value)])].sort();
}

/** The slow twin: a plain list, one step after the other. */
function stepByStep(members: readonly Member[], steps: readonly MemberStep[]): readonly string[] {
  let list = [...members];
  for (const step of steps) {
    if (step.kind === 'replace') list = [...step.members];
    if (step.kind === 'remove') list = list.filter((member) => !step.values.includes(member.value));
    if (step.kind === 'remove-where') list = list.filter((member) => member.type !== 'Group');
    if (step.kind === 'add')
      for (const added of step.members) list = [...list.filter((member) => member.value !== added.value), added];
  }
  return list.map((member) => member.value).sort();
}
