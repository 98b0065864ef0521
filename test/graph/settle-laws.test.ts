import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { GraphChange, GraphEffect } from '../../src/graph/change.js';
import { EDGE_RULES } from '../../src/graph/edge.js';
import { fieldKeysOf } from '../../src/graph/indexed-fields.js';
import { createOverlayView, emptyView, type OverlayView } from '../../src/graph/overlay-view.js';
import { settle } from '../../src/graph/settle.js';
import { isGraphError } from '../../src/kernel/errors.js';
import { createPlainView, type PlainView } from './plain-view.js';
import {
  account,
  application,
  assigned,
  close,
  contains,
  group,
  id,
  member,
  memberOf,
  put,
  resource,
  role,
  source,
  tenant,
} from './small-estate.js';

const estate = [
  ...[tenant('acme', { anchorSource: id('hr') }), source('hr', { authoritative: true }), source('entra')].map(put),
  ...[application('crm'), resource('crm', '/'), resource('crm', '/prod'), role('admin')].map(put),
  contains('crm:', 'crm:prod'),
];

const names = ['ann', 'bob', 'eve'];
const groups = ['sales', 'all'];
const pick = (...values: readonly string[]) => fc.constantFrom(...values);
const maybe = (...values: readonly string[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const anyAccount = fc
  .tuple(pick(...names), pick('entra', 'hr'), pick('u1', 'u2', 'u3', 'u4'), maybe('E1', 'E2'), fc.boolean())
  .map(([name, where, userName, externalId, active]) =>
    account(`${where}-${name}`, { source: id(where), userName, active, ...(externalId && { externalId }) }),
  );
const accountIds = names.flatMap((name) => [`entra-${name}`, `hr-${name}`]);
const values = [...accountIds, 'E1', 'E2', 'U1', 'u2', ...groups];

/** Changes with the name of what they speak of: one commit speaks of each thing once. */
const anyChange: fc.Arbitrary<readonly [string, GraphChange]> = fc.oneof(
  { weight: 4, arbitrary: anyAccount.map((node) => [node.id, put(node)] as const) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(pick(...groups), fc.boolean())
      .map(([name, active]) => [name, put(group(name, { active }))] as const),
  },
  {
    weight: 2,
    arbitrary: pick(...accountIds, ...groups, 'admin', 'crm:prod').map((name) => [name, close(name)] as const),
  },
  { weight: 1, arbitrary: fc.constant(['admin', put(role('admin'))] as const) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(pick(...accountIds, 'all'), pick(...groups))
      .map(([from, to]) => [`${from} in ${to}`, memberOf(from, to)] as const),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(pick(...accountIds, 'sales'), pick('crm:', 'crm:prod'))
      .map(([from, scope]) => [`${from} at ${scope}`, assigned(from, 'admin', scope)] as const),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(pick(...groups), pick(...values), fc.boolean()).map(
      ([to, value, isPut]) =>
        [
          `${value} into ${to}`,
          {
            kind: isPut ? 'putReference' : 'closeReference',
            reference: member(to, value, { statement: 'ref' }),
          } as const,
        ] as const,
    ),
  },
);
const commit = fc
  .uniqueArray(anyChange, { selector: ([subject]) => subject, minLength: 1, maxLength: 6 })
  .map((changes) => changes.map(([, change]) => change))
  .filter((changes) => !changes.some((change) => change.kind === 'closeNode' && isUsed(change.id, changes)));
const history = fc.array(commit, { minLength: 1, maxLength: 10 });

/** An edge to what the same commit closes is refused or closed, as the changes are ordered. */
function isUsed(name: string, changes: readonly GraphChange[]): boolean {
  return changes.some(
    (change) =>
      (change.kind === 'putEdge' && [change.edge.from, change.edge.to].some((end) => end === name)) ||
      (change.kind === 'putEdge' && change.edge.kind === 'ASSIGNED' && change.edge.scope === name) ||
      (change.kind === 'putReference' && change.reference.holder === name),
  );
}

/** Settles each commit over the overlay and gives what it did; a refused one does nothing. */
function forEachCommit(
  commits: readonly (readonly GraphChange[])[],
  check: (step: {
    changes: readonly GraphChange[];
    before: OverlayView;
    revision: number;
    effects: readonly GraphEffect[];
  }) => void,
): OverlayView {
  const view = createOverlayView(emptyView);
  [estate, ...commits].forEach((changes, index) => {
    const revision = index + 1;
    const effects = effectsOf(changes, view, revision);
    if (!effects) return;
    check({ changes, before: view, revision, effects });
    view.apply(effects);
  });
  return view;
}

function effectsOf(changes: readonly GraphChange[], view: OverlayView, revision: number) {
  try {
    return settle({ changes }, view, { revision, at: revision }).effects;
  } catch (error) {
    if (isGraphError(error, 'INVALID') || isGraphError(error, 'UNIQUENESS')) return undefined;
    throw error;
  }
}

describe('laws of settle', () => {
  it('does nothing when the same commit comes again', () => {
    fc.assert(
      fc.property(history, (commits) => {
        forEachCommit(commits, ({ changes, before, revision, effects }) => {
          const after = createOverlayView(before);
          after.apply(effects);
          expect(effectsOf(changes, after, revision + 1)).toEqual([]);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('does the same whatever the order of the changes that speak of different things', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (commits, random) => {
        forEachCommit(commits, ({ changes, before, revision, effects }) => {
          const keyed = changes.map((change) => [random.next().value, change] as const);
          const shuffled = keyed.sort(([a], [b]) => a - b).map(([, change]) => change);
          expect(effectsOf(shuffled, before, revision)).toEqual(effects);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('gives effects that can be applied one by one, and an overlay that answers like plain maps', () => {
    fc.assert(
      fc.property(history, (commits) => {
        const plain = createPlainView();
        const view = forEachCommit(commits, ({ effects }) => plain.apply(effects));
        expectSameAnswers(view, plain);
        const above = createOverlayView(plain);
        const effects = effectsOf(estate, above, 100) ?? [];
        above.apply(effects);
        view.apply(effects);
        plain.apply(effects);
        expectSameAnswers(above, plain);
        expectSameAnswers(view, plain);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves no edge whose ends or kinds the model does not know, and no version of the future', () => {
    fc.assert(
      fc.property(history, (commits) => {
        const plain = createPlainView();
        forEachCommit(commits, ({ effects }) => plain.apply(effects));
        for (const { edge, since } of plain.edges.values()) {
          expect(since).toBeLessThanOrEqual(commits.length + 1);
          expect(EDGE_RULES[edge.kind].from).toContain(plain.node(edge.from)?.node.kind);
          expect(EDGE_RULES[edge.kind].to).toContain(plain.node(edge.to)?.node.kind);
        }
        for (const { node } of plain.nodes.values())
          if (node.kind === 'Account') expect([...plain.edgesOf(node.id, 'to', 'HAS_ACCOUNT')]).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });
});

function expectSameAnswers(view: OverlayView, plain: PlainView): void {
  const scopes = ['crm:', 'crm:prod'].map((name) => [...view.edgesScopedTo(id(name))]);
  expect(scopes).toEqual(['crm:', 'crm:prod'].map((name) => plain.edgesScopedTo(id(name))));
  for (const [name, version] of plain.nodes) {
    expect(view.node(name)).toEqual(version);
    for (const end of ['from', 'to'] as const) {
      expect([...view.edgesOf(name, end)]).toEqual(plain.edgesOf(name, end));
      expect([...view.edgesOf(name, end, 'MEMBER_OF')]).toEqual(plain.edgesOf(name, end, 'MEMBER_OF'));
    }
    for (const key of fieldKeysOf(version.node)) expect(view.holders(key)).toEqual(plain.holders(key));
  }
  for (const name of [...accountIds, ...groups].map(id))
    if (!plain.node(name)) expect([view.node(name), [...view.edgesOf(name, 'from')]]).toEqual([undefined, []]);
}
