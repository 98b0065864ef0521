import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AccountNode } from '../../src/graph/node.js';
import { compareBytes, sortKey } from '../../src/graph/text.js';
import { type NodeQuery, type ReadScope, systemScope, type Where } from '../../src/store/graph-store.js';
import { propertyRuns } from '../access/property-runs.js';
import { account, id, put, source, tenant } from '../graph/small-estate.js';
import { openTemporarySqlite } from './sqlite-fixture.js';
import { ofSource, ofTenants, type StoreFixture, write } from './store-fixture.js';

/** So many that they are read off the index of a field's values; of globex so few that they are sorted. */
const [ofAcme, ofGlobex] = [2_400, 300];
let store: StoreFixture;
const accounts: AccountNode[] = [];

/** Names repeat, in either case, and some are missing; so do emails, of which an account can have several. */
function accountOf(number: number): AccountNode {
  const isOfAcme = number < ofAcme;
  const names = [undefined, 'Ann', 'ann', 'Bob', 'Żaneta', `Long ${'x'.repeat(300)} ${number % 3}`, `N ${number % 50}`];
  const emails = Array.from({ length: number % 4 }, (_, at) => `${(number * 7 + at * 13) % 40}@${number % 3}.test`);
  const displayName = names[number % names.length];
  return account(`account-${number}`, {
    userName: `${(number * 31) % 2_700}-${number % 2 ? 'U' : 'u'}`,
    active: number % 3 !== 0,
    ...(displayName !== undefined && { displayName }),
    ...(emails.length > 0 && { emails: [...new Set(emails)] }),
    ...(!isOfAcme && { tenant: id('globex'), source: id('okta') }),
  });
}

beforeAll(async () => {
  store = await openTemporarySqlite();
  await write(store.graph, 'c0', put(tenant('acme')), put(tenant('globex')), put(source('entra')));
  await write(store.graph, 'c1', put(source('okta', { tenant: id('globex') })));
  for (let number = 0; number < ofAcme + ofGlobex; number++) accounts.push(accountOf(number));
  await write(store.graph, 'c2', ...accounts.map(put));
  // Of closed accounts no value is left.
  await write(store.graph, 'c3', { kind: 'closeNode', id: id('account-5') });
  accounts.splice(5, 1);
});
afterAll(() => store.remove());

type Field = 'userName' | 'displayName' | 'emails' | 'employeeNumber';
const valuesOf = (node: AccountNode, field: Field): readonly string[] =>
  [field === 'emails' ? (node.emails ?? []) : (node[field] ?? [])].flat();

/** By the least value, those without one last; then by id. */
function inOrder(nodes: readonly AccountNode[], field: Field, descending: boolean): readonly string[] {
  const keyed = nodes.map((node) => ({ id: node.id, key: valuesOf(node, field).map(sortKey).sort(compareBytes)[0] }));
  const byKey = (a: string | undefined, b: string | undefined) => {
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    return compareBytes(a, b) * (descending ? -1 : 1);
  };
  return keyed.sort((a, b) => byKey(a.key, b.key) || compareBytes(a.id, b.id)).map((each) => each.id);
}

const scopes: readonly (readonly [ReadScope, (node: AccountNode) => boolean])[] = [
  [systemScope, () => true],
  [ofTenants('acme'), ({ tenant }) => tenant === 'acme'],
  [ofTenants('globex'), ({ tenant }) => tenant === 'globex'],
  [ofTenants('acme', 'globex'), () => true],
  [ofSource('entra'), ({ source }) => source === 'entra'],
];
const field = (name: string, operator: 'EQUALS' | 'STARTS_WITH' | 'CONTAINS', value: string): Where => ({
  kind: 'field',
  field: name,
  operator,
  value,
});
const filters: readonly (readonly [Where | undefined, (node: AccountNode) => boolean])[] = [
  [undefined, () => true],
  [field('active', 'EQUALS', 'true'), ({ active }) => active],
  [field('displayName', 'STARTS_WITH', 'n '), ({ displayName = '' }) => displayName.startsWith('N ')],
  [
    { kind: 'or', of: [field('emails', 'CONTAINS', '@1'), field('active', 'EQUALS', 'false')] },
    ({ emails = [], active }) => !active || emails.some((email) => email.includes('@1')),
  ],
  [{ kind: 'not', of: { kind: 'present', field: 'emails' } }, ({ emails = [] }) => emails.length === 0],
];

describe('a list by a field', () => {
  it('comes in the same order page by page, however many there are', async () => {
    const asked = fc.record({
      scope: fc.constantFrom(...scopes),
      filter: fc.constantFrom(...filters),
      by: fc.constantFrom<Field>('userName', 'displayName', 'emails', 'employeeNumber'),
      descending: fc.boolean(),
      limit: fc.integer({ min: 150, max: 1_000 }),
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ scope: [scope, isSeen], filter: [where, fits], by, descending, limit }) => {
        const query: NodeQuery<'Account'> = {
          kind: 'Account',
          limit,
          order: { by, descending },
          ...(where && { where }),
        };
        const listed: string[] = [];
        for (let after: string | undefined, pages = 0; pages === 0 || (after !== undefined && pages < 100); pages++) {
          const page = await store.graph.list(scope, { ...query, ...(after !== undefined && { after }) });
          listed.push(...page.items.map(({ node }) => node.id));
          after = page.next;
        }
        expect(listed).toEqual(
          inOrder(
            accounts.filter((node) => isSeen(node) && fits(node)),
            by,
            descending,
          ),
        );
      }),
      { numRuns: propertyRuns(60) },
    );
  });
});
