import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '../../src/graph/text.js';
import type { Attributes, AttributeValue } from '../../src/scim/attribute-value.js';
import { parseDateTime } from '../../src/scim/date-time.js';
import { printFilter } from '../../src/scim/filter.js';
import { toPredicate } from '../../src/scim/filter-evaluator.js';
import { parseFilter } from '../../src/scim/filter-parser.js';
import {
  type FieldCondition,
  type IndexCondition,
  type IndexedAttributes,
  splitFilter,
} from '../../src/scim/filter-split.js';
import { filterTexts, userResources } from './filter-arbitraries.js';
import { groupReader, userReader } from './readers.js';

const indexed: IndexedAttributes = new Map([
  ['id', ['eq']],
  ['userName', ['eq', 'sw', 'pr']],
  ['externalId', ['eq', 'pr']],
  ['displayName', ['eq']],
  ['emails.value', ['eq', 'pr']],
  ['members.value', ['eq']],
  ['meta.lastModified', ['eq', 'gt', 'ge', 'lt', 'le']],
]);

const split = (text: string, reader = userReader('rfc')) => {
  const { indexed: condition, residual } = splitFilter(parseFilter(text, reader), indexed);
  return { condition, residual: residual && printFilter(residual) };
};

describe('splitting a filter', () => {
  it('[40] leaves nothing to check where the index answers all', () => {
    expect(split('userName eq "Kit"')).toEqual({
      condition: { kind: 'field', field: 'userName', operator: 'eq', value: 'kit' },
      residual: undefined,
    });
    expect(split('emails[value eq "A@x"]')).toEqual({
      condition: { kind: 'field', field: 'emails.value', operator: 'eq', value: 'a@x' },
      residual: undefined,
    });
    expect(split('members.value eq "U-1"', groupReader('rfc'))).toEqual({
      condition: { kind: 'field', field: 'members.value', operator: 'eq', value: 'U-1' },
      residual: undefined,
    });
  });

  it('[40] keeps of a conjunction what the index cannot answer', () => {
    expect(split('userName eq "a" and title pr and displayName eq "b"')).toEqual({
      condition: {
        kind: 'and',
        terms: [
          { kind: 'field', field: 'userName', operator: 'eq', value: 'a' },
          { kind: 'field', field: 'displayName', operator: 'eq', value: 'b' },
        ],
      },
      residual: 'title pr',
    });
  });

  it('[40] bounds a disjunction only if every alternative is bounded', () => {
    expect(split('(userName eq "a" and title pr) or displayName eq "b"')).toEqual({
      condition: {
        kind: 'or',
        terms: [
          { kind: 'field', field: 'userName', operator: 'eq', value: 'a' },
          { kind: 'field', field: 'displayName', operator: 'eq', value: 'b' },
        ],
      },
      residual: '(userName eq "a" and title pr) or displayName eq "b"',
    });
    expect(split('userName eq "a" or title pr')).toEqual({
      condition: undefined,
      residual: 'userName eq "a" or title pr',
    });
  });

  it('[40] checks again that the parts of an element filter met in one element', () => {
    expect(split('emails[type eq "work" and value eq "x"]')).toEqual({
      condition: { kind: 'field', field: 'emails.value', operator: 'eq', value: 'x' },
      residual: 'emails[type eq "work" and value eq "x"]',
    });
  });

  it('[40] negates only what the index answers whole', () => {
    expect(split('userName ne "a"').condition).toEqual({
      kind: 'not',
      term: { kind: 'field', field: 'userName', operator: 'eq', value: 'a' },
    });
    expect(split('emails.value ne "a"')).toEqual({ condition: undefined, residual: 'emails.value ne "a"' });
    expect(split('not (userName eq "a" and title pr)')).toEqual({
      condition: undefined,
      residual: 'not (userName eq "a" and title pr)',
    });
  });

  it('[38, 40] moves an instant finer than a millisecond to the bound before it', () => {
    const at = Date.UTC(2021, 8, 23, 19, 35, 41, 842);
    const text = '"2021-09-23T19:35:41.8420572Z"';
    expect(split(`meta.lastModified ge ${text}`).condition).toEqual({
      kind: 'field',
      field: 'meta.lastModified',
      operator: 'gt',
      value: at,
    });
    expect(split(`meta.lastModified lt ${text}`).condition).toEqual({
      kind: 'field',
      field: 'meta.lastModified',
      operator: 'le',
      value: at,
    });
  });

  it('[40] never loses or adds a resource: index and rest together are the filter', () => {
    fc.assert(
      fc.property(filterTexts, fc.array(userResources, { minLength: 1, maxLength: 8 }), (text, users) => {
        const filter = parseFilter(text, userReader('rfc'));
        const parts = splitFilter(filter, indexed);
        const rest = parts.residual ? toPredicate(parts.residual) : () => true;
        const found = users.filter((user) => (!parts.indexed || answers(parts.indexed, user)) && rest(user));
        expect(found).toEqual(users.filter(toPredicate(filter)));
      }),
      { numRuns: 1000 },
    );
  });
});

/** A slow index: the condition, taken literally. */
function answers(condition: IndexCondition, user: Attributes): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.terms.every((term) => answers(term, user));
    case 'or':
      return condition.terms.some((term) => answers(term, user));
    case 'not':
      return !answers(condition.term, user);
    case 'field':
      return fieldValues(condition.field, user).some((value) => meets(condition, value));
  }
}

function fieldValues(field: string, user: Attributes): readonly (string | number)[] {
  const [name = '', sub] = field.split('.');
  const held: readonly AttributeValue[] = [user[name] ?? []].flat();
  const values: readonly (AttributeValue | undefined)[] = sub
    ? held.map((element) => (element as Attributes)[sub])
    : held;
  return values.flatMap((value): readonly (string | number)[] => {
    if (typeof value !== 'string') return [];
    if (field === 'meta.lastModified') return [parseDateTime(value)?.milliseconds ?? Number.NaN];
    return [field === 'id' || field === 'externalId' ? value : fold(value)];
  });
}

function meets({ operator, value = '' }: FieldCondition, held: string | number): boolean {
  const outcomes: Partial<Record<FieldCondition['operator'], boolean>> = {
    eq: held === value,
    sw: String(held).startsWith(String(value)),
    pr: true,
    gt: held > value,
    ge: held >= value,
    lt: held < value,
    le: held <= value,
  };
  return outcomes[operator] ?? false;
}
