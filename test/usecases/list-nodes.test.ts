import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { NodeVersion } from '../../src/graph/node.js';
import { readConfig } from '../../src/kernel/config.js';
import type { Asking } from '../../src/usecases/answer-access.js';
import { listNodes } from '../../src/usecases/list-nodes.js';
import { createOpaqueText } from '../../src/usecases/opaque-text.js';
import { createPageCursors } from '../../src/usecases/page-cursor.js';
import { propertyRuns } from '../access/property-runs.js';
import { account, put, source, tenant } from '../graph/small-estate.js';
import { openTemporarySqlite } from '../store/sqlite-fixture.js';
import { type StoreFixture, write } from '../store/store-fixture.js';

const accounts = Array.from({ length: 150 }, (_, at) => account(`account-${String(at).padStart(3, '0')}`));
let fixture: StoreFixture;
beforeAll(async () => {
  fixture = await openTemporarySqlite();
  await write(fixture.graph, 'c0', put(tenant('acme')), put(source('entra')), ...accounts.map(put));
});
afterAll(() => fixture.remove());

const asking = { caller: { tenants: 'all' }, pair: { at: 0 } } as unknown as Asking;

/** All pages of that size, of those that fit, where no page looks at more than so many. */
async function pagesOf(fits: (id: string) => boolean, first: number, budget: number, store = fixture.graph) {
  const limits = { ...readConfig({}), SCAN_BUDGET_NODES: budget };
  const cursors = createPageCursors({ opaque: createOpaqueText(Buffer.alloc(32, 7)), clock: fixture.clock, limits });
  const accepts = async (nodes: readonly NodeVersion[]) => ({ fits: nodes.map(({ node }) => fits(node.id)) });
  const pages: string[][] = [];
  for (let after: string | undefined; pages.length === 0 || (after !== undefined && pages.length < 500); ) {
    const page = await listNodes({ store, engine: { revision: () => 1 }, cursors, limits }, asking, {
      name: 'accounts',
      about: [],
      query: { kind: 'Account', order: { by: 'userName' } },
      accepts,
      page: { first, ...(after !== undefined && { after }) },
    });
    pages.push(page.items.map(({ node }) => node.id));
    after = page.endCursor;
  }
  return pages;
}

it('pages of what is tested one by one hold all that fit, once and in order, however few they are', async () => {
  const asked = fc.record({
    chosen: fc.uniqueArray(fc.nat(149)),
    first: fc.integer({ min: 1, max: 40 }),
    budget: fc.integer({ min: 1, max: 200 }),
  });
  await fc.assert(
    fc.asyncProperty(asked, async ({ chosen, first, budget }) => {
      const fitting = new Set(chosen.map((at) => accounts[at]!.id as string));
      const pages = await pagesOf((id) => fitting.has(id), first, budget);
      expect(pages.flat()).toEqual([...fitting].sort());
      expect(pages.filter((page) => page.length > first)).toEqual([]);
    }),
    { numRuns: propertyRuns(60) },
  );
});

it('a page that is cut while the graph changes begins the next one behind its last node', async () => {
  let lists = 0;
  const late = account('account-004-late');
  const list: typeof fixture.graph.list = async (scope, query) => {
    // After the first two reads of the first page, of which the second was larger than was missing.
    if (++lists === 3) await write(fixture.graph, 'late', put(late));
    return fixture.graph.list(scope, query);
  };
  const isRare = (id: string) => id > 'account-003';
  const pages = await pagesOf(isRare, 4, 1_000, { ...fixture.graph, list });
  expect(pages[0]!.length).toBeLessThanOrEqual(4);
  const all = [...accounts, late].map(({ id }) => id as string).sort();
  expect(pages.flat()).toEqual(all.filter(isRare));
  await write(fixture.graph, 'gone', { kind: 'closeNode', id: late.id });
});
