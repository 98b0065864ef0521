import type { ResourcePattern } from '../../graph/condition.js';
import { conditionText, evaluateCondition } from '../../graph/condition-evaluation.js';
import type { JsonObject } from '../../graph/node.js';
import { placeOf } from '../../graph/resource-pattern.js';
import type { AccessGraph } from './access-graph.js';
import type { BoundScope, SettledBinding } from './bound-scopes.js';
import type { DecidedAt } from './decider.js';
import { bindingTruth, grantTruth } from './entry-truth.js';
import { eachGrant } from './graph-walk.js';
import { none } from './node-bank.js';
import { EDGE_TRAIT } from './stops.js';

/**
 * What would settle a `CONDITIONAL` decision, as text: the unsettled conditions of its denies, or where no deny is in
 * doubt those of its allows.
 */
export function unsettledConditions(
  graph: AccessGraph,
  bounds: readonly BoundScope[],
  at: DecidedAt,
  context: JsonObject | undefined,
): readonly string[] {
  const texts = { allow: new Set<string>(), deny: new Set<string>() };
  for (const { scopes, bindings, certain, unsettled } of bounds) {
    if (!scopes.some((scope) => graph.resources.contains(scope, at.resource))) continue;
    for (const role of certain.roles) collect(role, []);
    for (const role of unsettled.roles)
      collect(
        role,
        bindings.filter((binding) => !binding.certain),
      );
  }
  return [...(texts.deny.size > 0 ? texts.deny : texts.allow)];

  /** A binding's condition is named where the role may be reached through it. */
  function collect(role: number, bindings: readonly SettledBinding[]): void {
    eachGrant(graph, role, at.permission, (row) => {
      if (grantTruth(graph, row, at.resource, context) === 'false') return;
      const set = graph.edges.traits[row]! & EDGE_TRAIT.DENY ? texts.deny : texts.allow;
      for (const text of grantTexts(graph, row, at.resource, context)) set.add(text);
      for (const { binding } of bindings)
        if (bindingTruth(graph, binding, context) === 'unsettled') set.add(bindingText(graph, binding));
    });
  }
}

function bindingText({ nodes, conditions }: AccessGraph, binding: number): string {
  const condition = nodes.details[binding]!;
  return condition === none ? '' : conditionText(conditions.conditions[condition]!);
}

function grantTexts(
  graph: AccessGraph,
  row: number,
  resource: number,
  context: JsonObject | undefined,
): readonly string[] {
  const { condition, resources } = graph.edges.detailOf(row);
  const texts: string[] = [];
  if (condition && evaluateCondition(condition, context) === 'unsettled') texts.push(conditionText(condition));
  if (resources && placeOf(resources, graph.resources.paths[resource]!) === 'UNSETTLED')
    texts.push(patternText(resources));
  return texts;
}

function patternText({ match, patterns }: ResourcePattern): string {
  return `resource ${match === 'INSIDE' ? 'in' : 'not in'} ${patterns.join(' or ')}`;
}
