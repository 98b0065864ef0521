import { evaluateCondition, type Truth } from '../../graph/condition-evaluation.js';
import type { JsonObject } from '../../graph/node.js';
import type { AccessGraph } from './access-graph.js';
import type { EdgeDetail } from './edge-table.js';
import { none } from './node-bank.js';

const truthOfPlace = { INSIDE: 'true', OUTSIDE: 'false', UNSETTLED: 'unsettled' } as const;

/** The truth of a binding's condition; without one it is true. */
export function bindingTruth(graph: AccessGraph, binding: number, context: JsonObject | undefined): Truth {
  const condition = graph.nodes.details[binding]!;
  return condition === none ? 'true' : evaluateCondition(graph.conditions.conditions[condition]!, context);
}

/** The truth of a grant's condition and resource pattern at a resource: it holds wholly, nowhere, or that is not settled. */
export function grantTruth(graph: AccessGraph, row: number, resource: number, context: JsonObject | undefined): Truth {
  return detailTruth(graph, graph.edges.detailOf(row), resource, context);
}

export function detailTruth(
  graph: AccessGraph,
  { condition, resources }: EdgeDetail,
  resource: number,
  context: JsonObject | undefined,
): Truth {
  const own = condition === undefined ? 'true' : evaluateCondition(condition, context);
  if (own === 'false' || resources === undefined) return own;
  return both(own, truthOfPlace[graph.resources.placeOf(resources, resource)]);
}

/** Kleene's and. */
export function both(a: Truth, b: Truth): Truth {
  if (a === 'false' || b === 'false') return 'false';
  return a === 'true' ? b : a;
}
