import fc from 'fast-check';
import { type Attributes, createAttributes } from '../../src/scim/attribute-value.js';

const names = fc.constantFrom('a', 'A', 'b', 'ab', 'Ba', 'å', 'a@x');
const instants = fc.constantFrom(
  '2020-01-01T00:00:00Z',
  '2020-01-01T00:00:00.001Z',
  '2020-01-01T01:00:00+01:00',
  '2021-06-05T04:03:02.100Z',
);
const finerInstants = fc.oneof(instants, fc.constantFrom('2020-01-01T00:00:00.0000001Z', '2020-01-01T00:00:00.0010Z'));

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const toAttributes = (record: object) =>
  createAttributes(
    Object.entries(record).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  );

const email = fc
  .record({ value: optional(names), type: optional(fc.constantFrom('work', 'home')), primary: optional(fc.boolean()) })
  .map(toAttributes);

/** Users with few and colliding values, so that filters often hold. */
export const userResources: fc.Arbitrary<Attributes> = fc
  .record({
    id: names,
    userName: names,
    externalId: optional(names),
    displayName: optional(names),
    title: optional(names),
    active: optional(fc.boolean()),
    emails: fc.array(
      email.filter((one) => Object.keys(one).length > 0),
      { maxLength: 3 },
    ),
    meta: fc.record({ lastModified: instants }).map(toAttributes),
  })
  .map(toAttributes);

const textTerm = fc
  .tuple(
    fc.constantFrom('id', 'userName', 'externalId', 'displayName', 'title', 'emails', 'emails.value', 'emails.type'),
    fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'),
    names,
  )
  .map(([name, operator, value]) => `${name} ${operator} ${JSON.stringify(value)}`);
const nullTerm = fc
  .tuple(
    fc.constantFrom('userName', 'externalId', 'title', 'emails.value'),
    fc.constantFrom('eq null', 'ne null', 'pr'),
  )
  .map((parts) => parts.join(' '));
const booleanTerm = fc
  .tuple(fc.constantFrom('active', 'emails.primary'), fc.boolean())
  .map(([name, value]) => `${name} eq ${value}`);
const instantTerm = fc
  .tuple(fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le'), finerInstants)
  .map(([operator, value]) => `meta.lastModified ${operator} "${value}"`);
const elementTerm = fc
  .array(
    fc.oneof(
      fc
        .tuple(fc.constantFrom('value', 'type'), fc.constantFrom('eq', 'ne', 'sw'), names)
        .map(([name, operator, value]) => `${name} ${operator} ${JSON.stringify(value)}`),
      fc.constantFrom('type eq "work"', 'value pr', 'not (value eq "a")', 'value eq null'),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .chain((terms) => fc.constantFrom(' and ', ' or ').map((junction) => `emails[${terms.join(junction)}]`));

/** Filters over the attributes of `userResources`, in the grammar of the RFC. */
export const filterTexts: fc.Arbitrary<string> = fc.letrec<{ filter: string; term: string }>((tie) => ({
  term: fc.oneof(textTerm, nullTerm, booleanTerm, instantTerm, elementTerm),
  filter: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    tie('term'),
    fc.tuple(tie('filter'), fc.constantFrom('and', 'or'), tie('filter')).map((parts) => parts.join(' ')),
    tie('filter').map((inner) => `(${inner})`),
    tie('filter').map((inner) => `not (${inner})`),
  ),
})).filter;
