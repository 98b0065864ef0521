import type { EdgeKind } from '../../graph/edge.js';
import { everyoneIdOf, isIdSyntax, type NodeId, type Revision } from '../../graph/ids.js';
import type { NeighbourhoodReader, ReachQuery, ReadAt } from '../neighbourhood.js';
import { checkKept } from '../read-checks.js';
import type { Connection, Parameters } from './driver.js';
import { getHeadRow } from './head-row.js';
import { createPartBuilder, type NodeRow, type PartBuilder } from './neighbourhood-rows.js';
import * as statements from './neighbourhood-statements.js';
import { readHead } from './schema-statements.js';
import type { ReadSnapshot } from './snapshot-reader.js';

/** Groups in one page, and ids in one step: what one statement carries. */
const maxRows = 5_000;
const principalKinds = ['Identity', 'Account', 'Group'];

interface ReaderOptions {
  readonly connection: Connection;
  readonly catalogue: ReadSnapshot;
  readonly timeoutMs: number | undefined;
}

export function createNeighbourhoodReader({ connection, catalogue, timeoutMs }: ReaderOptions): NeighbourhoodReader {
  return {
    reach: (query, signal) =>
      query.revision === undefined ? reachNow(query, signal) : reachAt(query, query.revision, signal),
    identitiesOf,
    groups,
    catalogue,
  };

  function run(statement: string, parameters: Parameters, signal: AbortSignal | undefined) {
    return connection.read(statement, parameters, { signal, timeoutMs });
  }

  /** One statement; one more for the groups of everyone of other tenants, where somebody of theirs is acted as. */
  async function reachNow({ nodes, direction, assume }: ReachQuery, signal?: AbortSignal) {
    const part = createPartBuilder();
    const statement = statements.reachStatements[assume ? 'assume' : 'alone'][direction];
    const asked = new Set<NodeId>();
    let head: Revision;
    let next = nodes.filter(isIdSyntax);
    do {
      for (const id of next) asked.add(id);
      const answer = await run(statement, { ids: next }, signal);
      head = getHeadRow(answer).revision;
      part.addNodes(answer[0]!.rows as readonly NodeRow[], direction);
      next = everyonesOf(part, direction, asked);
    } while (next.length > 0);
    return { ...part.build(), head };
  }

  /** Step by step, since what was closed is told by nodes and not by relationships. */
  async function reachAt({ nodes, direction, assume }: ReachQuery, revision: Revision, signal?: AbortSignal) {
    const part = createPartBuilder();
    const { open, closed } = statements.stepStatements[assume ? 'assume' : 'alone'][direction];
    const kinds = kindsTold(assume);
    const asked = new Set<NodeId>();
    let next: readonly NodeId[] = nodes.filter(isIdSyntax);
    while (next.length > 0) {
      const ids = next.slice(0, maxRows);
      for (const id of ids) asked.add(id);
      part.addRows(await run(open, { ids, revision }, signal), direction);
      part.addClosedEdges(await run(closed, { ids, revision, kinds }, signal));
      part.addClosedNodes(await run(statements.closedNodesById, { ids, revision, kinds: principalKinds }, signal));
      next = [...new Set([...ends(part, direction, assume), ...everyonesOf(part, direction, asked)])].filter(
        (id) => !asked.has(id),
      );
    }
    return { ...part.build(), head: await headAfter(revision, signal) };
  }

  async function identitiesOf(tenants: readonly NodeId[], { revision }: ReadAt, signal?: AbortSignal) {
    const part = createPartBuilder();
    part.addRows(await run(statements.identitiesOfTenants, { tenants, revision: revision ?? null }, signal), 'from');
    if (revision !== undefined)
      part.addClosedNodes(await run(statements.closedNodesOfKind, { kind: 'Identity', revision }, signal));
    const nodes = part.build().nodes.filter(({ tenant }) => tenants.includes(tenant));
    return { nodes, edges: [], head: await headAfter(revision, signal) };
  }

  async function groups({ revision }: ReadAt, signal?: AbortSignal) {
    const part = createPartBuilder();
    for (let after: string | undefined = ''; after !== undefined; ) {
      const rows = await run(statements.groupsAfter, { after, limit: maxRows, revision: revision ?? null }, signal);
      part.addRows(rows, 'from');
      after = rows.length < maxRows ? undefined : (rows.at(-1)!.id as string);
    }
    if (revision !== undefined) await addClosedGroups(part, revision, signal);
    const { nodes, edges } = part.build();
    const between = edges.filter(({ edge }) => part.hasNode(edge.from) && part.hasNode(edge.to));
    return { nodes, edges: between, head: await headAfter(revision, signal) };
  }

  async function addClosedGroups(part: PartBuilder, revision: Revision, signal: AbortSignal | undefined) {
    part.addClosedNodes(await run(statements.closedNodesOfKind, { kind: 'Group', revision }, signal));
    part.addClosedEdges(await run(statements.closedMemberships, { revision }, signal));
  }

  /** @throws GraphError GONE: pruning may have dropped what of the revision was yet to be read */
  async function headAfter(asOf: Revision | undefined, signal: AbortSignal | undefined): Promise<Revision> {
    const { revision, horizon } = getHeadRow(await run(readHead, {}, signal));
    if (asOf !== undefined) checkKept(asOf, horizon);
    return revision;
  }
}

const kindsTold = (assume: boolean): readonly EdgeKind[] =>
  assume
    ? ['HAS_ACCOUNT', 'MEMBER_OF', 'ASSIGNED', 'INHERITS', 'CAN_ACT_AS']
    : ['HAS_ACCOUNT', 'MEMBER_OF', 'ASSIGNED'];

/** Where the edges that were found lead. */
function* ends(part: PartBuilder, direction: 'from' | 'to', assume: boolean): Generator<NodeId> {
  for (const { edge } of part.edges())
    if (direction === 'to') yield edge.from;
    else if (assume || edge.kind !== 'ASSIGNED') yield edge.to;
}

/** Groups of everyone that were not asked for yet: `from` an identity one reaches that of its tenant. */
function everyonesOf(part: PartBuilder, direction: 'from' | 'to', asked: Set<NodeId>): NodeId[] {
  if (direction === 'to') return [];
  const tenants = new Set<NodeId>();
  for (const node of part.nodes()) if (node.kind === 'Identity') tenants.add(node.tenant);
  return [...tenants].map(everyoneIdOf).filter((id) => !asked.has(id) && !part.hasNode(id));
}
