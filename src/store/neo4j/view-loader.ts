import type { EdgeKind, EdgeVersion } from '../../graph/edge.js';
import type { EdgeId, NodeId } from '../../graph/ids.js';
import type { NodeVersion } from '../../graph/node.js';
import type { Parameters, Row, Transaction } from './driver.js';
import type { EdgePlace, Found, Reads } from './loaded-view.js';
import { valueKey } from './model.js';
import { edgesById, edgesOfAnyKindById, edgesScopedTo, holdersOf, nodesById, openEdges } from './view-statements.js';

/** Reads all at once: one statement of a kind, none waits for another's answer. `kindOf`: the kind of an edge, where known. */
export async function loadReads(
  transaction: Transaction,
  reads: Reads,
  kindOf: (edge: EdgeId) => EdgeKind | undefined,
): Promise<Found> {
  const run = (statement: string, parameters: Parameters) => transaction.run(statement, parameters);
  const ifAny = async (count: number, query: () => Promise<readonly Row[]>) => (count > 0 ? query() : []);

  async function loadEdges(ids: readonly EdgeId[]): Promise<readonly (EdgeVersion | undefined)[]> {
    const slots: (EdgeVersion | undefined)[] = ids.map(() => undefined);
    const queries = groupIndexes(ids, kindOf).map(async ([kind, indexes]) => {
      const statement = kind === undefined ? edgesOfAnyKindById : edgesById[kind];
      const rows = await run(statement, { ids: indexes.map((index) => ids[index]!) });
      for (const row of rows) slots[indexes[row.index as number]!] = docOf<EdgeVersion>(row);
    });
    await Promise.all(queries);
    return slots;
  }

  async function loadPlaces(places: readonly EdgePlace[]): Promise<readonly (readonly EdgeVersion[])[]> {
    const slots: EdgeVersion[][] = places.map(() => []);
    const statementOf = ({ end, kind }: EdgePlace) => openEdges[end][kind ?? 'any'];
    const queries = groupIndexes(places, statementOf).map(async ([statement, indexes]) => {
      const rows = await run(statement, { nodes: indexes.map((index) => places[index]!.node) });
      for (const row of rows) slots[indexes[row.index as number]!]!.push(docOf<EdgeVersion>(row));
    });
    await Promise.all(queries);
    return slots.map((versions) => versions.sort(byId));
  }

  const [nodeRows, edges, places, scopeRows, keyRows] = await Promise.all([
    ifAny(reads.nodes.length, () => run(nodesById, { ids: reads.nodes })),
    loadEdges(reads.edges),
    loadPlaces(reads.places),
    ifAny(reads.scopes.length, () => run(edgesScopedTo, { ids: reads.scopes })),
    ifAny(reads.keys.length, () => run(holdersOf, { keys: reads.keys.map(valueKey) })),
  ]);
  const nodes: (NodeVersion | undefined)[] = reads.nodes.map(() => undefined);
  for (const row of nodeRows) nodes[row.index as number] = docOf<NodeVersion>(row);
  return {
    nodes,
    edges,
    places,
    scopes: listsOf(reads.scopes.length, scopeRows, docOf<EdgeVersion>).map((versions) => versions.sort(byId)),
    keys: listsOf(reads.keys.length, keyRows, (row) => row.owner as NodeId).map((owners) => owners.sort()),
  };
}

/** The version that a row's `doc` holds. */
export const docOf = <Version>(row: Row): Version => JSON.parse(row.doc as string);

const byId = (a: EdgeVersion, b: EdgeVersion): number => (a.id < b.id ? -1 : 1);

function listsOf<Item>(count: number, rows: readonly Row[], toItem: (row: Row) => Item): Item[][] {
  const lists: Item[][] = Array.from({ length: count }, () => []);
  for (const row of rows) lists[row.index as number]!.push(toItem(row));
  return lists;
}

/** Positions of the items by what `groupOf` says of them. */
function groupIndexes<Item, Group>(
  items: readonly Item[],
  groupOf: (item: Item) => Group,
): readonly (readonly [Group, readonly number[]])[] {
  const groups = new Map<Group, number[]>();
  items.forEach((item, index) => {
    const group = groupOf(item);
    const indexes = groups.get(group);
    if (indexes) indexes.push(index);
    else groups.set(group, [index]);
  });
  return [...groups];
}
