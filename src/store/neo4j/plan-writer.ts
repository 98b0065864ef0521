import type { EdgeVersion } from '../../graph/edge.js';
import type { NodeVersion } from '../../graph/node.js';
import { groupedBy } from '../../kernel/grouped-by.js';
import type { Parameters, Transaction } from './driver.js';
import { edgeProperties, labelsOf, nodeProperties, RELATIONSHIP_TYPES, valuesOf } from './model.js';
import type { WritePlan } from './write-plan.js';
import * as statements from './write-statements.js';

/** Rows that one statement takes at most, so that no message is larger than the server likes. */
const maxRows = 5_000;

/** Writes the plan: edges go before nodes and come after them, what is given up goes before it is taken. */
export async function writePlan(transaction: Transaction, plan: WritePlan): Promise<void> {
  // On one connection statements run in the order in which they are sent; none has to wait for another's answer.
  const sent: Promise<unknown>[] = [];
  function send<Item>(statement: string, name: 'rows' | 'ids' | 'sources', items: readonly Item[]): void {
    for (let first = 0; first < items.length; first += maxRows)
      sent.push(transaction.run(statement, { [name]: items.slice(first, first + maxRows) } as Parameters));
  }

  const { nodes, edges } = plan;
  for (const [kind, group] of groupedBy(edges.deleted, ({ edge }) => edge.kind))
    for (const type of RELATIONSHIP_TYPES[kind])
      send(
        statements.deleteEdges[type],
        'ids',
        group.map(({ id }) => id),
      );
  send(statements.deleteValues, 'ids', [...nodes.deleted, ...nodes.revalued]);
  send(statements.deleteNodes, 'ids', nodes.deleted);
  for (const [labels, group] of groupedBy(nodes.changed, ({ node }) => labelsOf(node)))
    send(statements.changeNodes[labels]!, 'rows', group.map(nodeProperties));
  for (const [labels, group] of groupedBy(nodes.created, ({ node }) => labelsOf(node)))
    send(statements.createNodes[labels]!, 'rows', group.map(nodeProperties));
  const revalued = new Set(nodes.revalued);
  const values = [...nodes.created, ...nodes.changed.filter(({ node }) => revalued.has(node.id))].map(({ node }) =>
    valuesOf(node),
  );
  const rowsOf = (which: 'plain' | 'claimed') => values.flatMap((each) => each[which]);
  send(statements.createValues, 'rows', rowsOf('plain'));
  send(statements.createClaims, 'rows', rowsOf('claimed'));
  for (const [kind, group] of groupedBy(edges.changed, ({ edge }) => edge.kind))
    for (const type of RELATIONSHIP_TYPES[kind]) send(statements.changeEdges[type], 'rows', group.map(edgeProperties));
  for (const [type, group] of groupedBy(edges.created, (each) => each.type))
    send(statements.createEdges[type], 'rows', group.map(edgeRow));
  for (const direct of [true, false]) {
    const sources = plan.renested.filter((each) => each.direct === direct).map(({ source }) => source);
    send(direct ? statements.nestDirectly : statements.nestTransitively, 'sources', sources);
  }
  send(statements.closeNodes, 'rows', plan.closedNodes.map(closedNodeRow));
  send(statements.closeEdges, 'rows', plan.closedEdges.map(closedEdgeRow));
  await Promise.all(sent);
}

const edgeRow = ({ version }: { readonly version: EdgeVersion }) => ({
  from: version.edge.from,
  to: version.edge.to,
  properties: edgeProperties(version),
});

/** `doc` is the version as it was while it was open. */
function closedNodeRow({ until, ...version }: NodeVersion): Parameters {
  const { node, stamps } = version;
  return { kind: node.kind, id: node.id, since: stamps.since, until: until!, doc: JSON.stringify(version) };
}

function closedEdgeRow({ until, ...version }: EdgeVersion): Parameters {
  const { id, edge, since } = version;
  const ends = { from: edge.from, to: edge.to };
  return { kind: edge.kind, id, ...ends, since, until: until!, doc: JSON.stringify(version) };
}
