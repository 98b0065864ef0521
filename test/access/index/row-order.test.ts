import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createAccessGraph } from '../../../src/access/index/access-graph.js';
import { createGraphBanks } from '../../../src/access/index/graph-banks.js';
import { pageOfRows } from '../../../src/access/index/row-order.js';
import { createScratch } from '../../../src/access/index/scratch.js';
import { asNodeId } from '../../../src/graph/ids.js';
import { propertyRuns } from '../property-runs.js';

const application = asNodeId('app');
const tenant = asNodeId('tenant');

/** Permissions and resources whose numbers are in another order than their ids. */
function graphOf(permissions: number, resources: number) {
  const banks = createGraphBanks();
  for (let n = 0; n < permissions; n++)
    banks.putNode({
      kind: 'Permission',
      id: asNodeId(`permission-${(n * 7919) % permissions}`),
      application,
      plane: 'CONTROL',
      action: `${n}`,
      class: 'READ',
      tier: ([0, 1, 2, 3] as const)[(n * 31) % 4]!,
    });
  for (let n = 0; n < resources; n++)
    banks.putNode({ kind: 'Resource', id: asNodeId(`r-${resources - n}`), application, tenant, path: `/${n}` });
  return createAccessGraph(banks);
}
const graph = graphOf(1_500, 3);
const scratch = createScratch();

interface Case {
  readonly rows: readonly (readonly [permission: number, scope: number, depth: number])[];
  readonly orderBy: 'TIER' | 'DEPTH' | 'PERMISSION';
  readonly arrangement: 'shuffled' | 'sorted' | 'reversed' | 'combed';
  readonly from: number;
  readonly first: number;
  readonly filtered: boolean;
}
const anyCase: fc.Arbitrary<Case> = fc.record({
  rows: fc
    .integer({ min: 0, max: 3_000 })
    .chain((count) => fc.tuple(fc.constant(count), fc.nat(1_499), fc.integer({ min: 1, max: 9 })))
    .map(([count, offset, depths]) =>
      Array.from({ length: count }, (_, i) => {
        const place = i * 1_009 + offset;
        return [place % 1_500, Math.floor(place / 1_500) % 3, ((place * 37) % depths) + 1] as const;
      }),
    )
    .map((rows) => [...new Map(rows.map((row) => [`${row[0]} ${row[1]}`, row])).values()]),
  orderBy: fc.constantFrom('TIER', 'DEPTH', 'PERMISSION'),
  arrangement: fc.constantFrom('shuffled', 'sorted', 'reversed', 'combed'),
  from: fc.nat(3_100),
  first: fc.constantFrom(1, 10, 50, 1_000),
  filtered: fc.boolean(),
});

it('a page is the slice of all rows sorted, however they lie', () => {
  fc.assert(
    fc.property(anyCase, ({ rows, orderBy, arrangement, from, first, filtered }) => {
      const sorted = [...rows].sort(inOrder(orderBy));
      const arranged = { shuffled: () => rows, sorted: () => sorted, reversed: () => sorted.toReversed(), combed }[
        arrangement
      ]();
      const kept = arranged.flatMap((row, number) => (filtered && row[0] % 3 === 0 ? [] : number));
      const isKept = ([permission]: Case['rows'][number]) => !filtered || permission % 3 !== 0;
      const columns = {
        count: arranged.length,
        permissions: Uint32Array.from(arranged, ([permission]) => permission),
        scopes: Uint32Array.from(arranged, ([, scope]) => scope),
        depths: Uint16Array.from(arranged, ([, , depth]) => depth),
        decisions: new Uint8Array(arranged.length),
      };
      const range = { from, to: from + first };
      const page = pageOfRows({ graph, scratch, rows: columns, orderBy, range }, Uint32Array.from(kept));
      expect(page.map((row) => arranged[row])).toEqual(sorted.filter(isKept).slice(from, from + first));

      /** The greatest keys where a sample would look, so that it is misled. */
      function combed() {
        const greatest = sorted.slice(-256);
        const step = Math.max(1, sorted.length / 256);
        const least = sorted.slice(0, -256);
        return Array.from(
          sorted,
          (_, i) => (Math.floor(i % step) === 0 ? (greatest.pop() ?? least.pop()) : least.pop()) ?? greatest.pop()!,
        );
      }
    }),
    { numRuns: propertyRuns(200) },
  );
});

function inOrder(orderBy: Case['orderBy']) {
  const { tiers } = graph.permissions;
  const ranks = graph.permissions.ranks();
  const scopes = graph.resources.ranks();
  return (a: Case['rows'][number], b: Case['rows'][number]) =>
    (orderBy === 'TIER' ? tiers[a[0]]! - tiers[b[0]]! : 0) ||
    (orderBy === 'PERMISSION' ? 0 : a[2] - b[2]) ||
    ranks[a[0]]! - ranks[b[0]]! ||
    scopes[a[1]]! - scopes[b[1]]!;
}
