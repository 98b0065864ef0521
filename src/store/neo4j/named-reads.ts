import type { Commit, GraphChange } from '../../graph/change.js';
import { type Edge, edgeIdOf, scopesOf } from '../../graph/edge.js';
import type { GraphView } from '../../graph/graph-view.js';
import { claimsOf } from '../../graph/indexed-fields.js';
import type { Reference } from '../../graph/node.js';

/**
 * Asks the view for all that the commits name. `settle` refuses at the first thing that is not there: asked for one by
 * one, a commit of many edges would be settled as many times.
 */
export function askForNamed(view: GraphView, commits: readonly Commit[]): void {
  for (const { changes, expectations = [] } of commits) {
    for (const expectation of expectations) if (expectation.kind === 'version') view.node(expectation.node);
    for (const change of changes) askForChange(view, change);
  }
}

function askForChange(view: GraphView, change: GraphChange): void {
  switch (change.kind) {
    case 'putNode':
      view.node(change.node.id);
      for (const claim of claimsOf(change.node)) view.holders(claim);
      break;
    case 'closeNode':
      view.node(change.id);
      break;
    case 'putEdge':
      askForEdge(view, change.edge);
      break;
    case 'closeEdge':
      view.edge(change.id);
      break;
    case 'setEdges':
      view.edgesOf(change.node, change.end, change.edge);
      for (const edge of change.edges) askForEdge(view, edge);
      break;
    case 'putReference':
    case 'closeReference':
      askForReference(view, change.reference);
      break;
    case 'setReferences':
      for (const reference of change.references) askForReference(view, reference);
      break;
  }
}

function askForEdge(view: GraphView, edge: Edge): void {
  view.edge(edgeIdOf(edge));
  for (const id of [edge.from, edge.to, ...scopesOf(edge)]) view.node(id);
}

function askForReference(view: GraphView, { holder, edge }: Reference): void {
  view.node(holder);
  if (edge.kind === 'ASSIGNED') view.node(edge.scope);
}
