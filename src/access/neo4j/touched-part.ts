import { isDeepStrictEqual } from 'node:util';
import type { GraphEffect } from '../../graph/change.js';
import type { EdgeVersion } from '../../graph/edge.js';
import type { NodeId } from '../../graph/ids.js';
import type { GraphNode } from '../../graph/node.js';
import type { PrincipalNode } from '../../store/neighbourhood.js';
import { everyoneIdsOf, type ReadPart } from './part-of-graph.js';

/**
 * Whether one of the effects could have changed what was read as this part, whichever of them the reading met. INVARIANT:
 * where none could, the part is as it was before the first of them and after the last.
 */
export function isTouched(part: ReadPart, effects: readonly GraphEffect[]): boolean {
  if (effects.length === 0) return false;
  const { plan } = part;
  const nodes = new Map<NodeId, PrincipalNode>(part.nodes.map((node) => [node.id, node]));
  const starts = new Set(plan.kind === 'groups' ? [] : plan.nodes);
  if (plan.kind === 'reached') for (const id of everyoneIdsOf(part)) starts.add(id);
  const roles = new Set(plan.kind === 'reaching' ? plan.roles : []);
  const spans = new Map<NodeId, { readonly first: GraphEffect['kind']; last: GraphEffect['kind'] }>();
  for (const effect of effects)
    if (effect.kind === 'edgeOpened' || effect.kind === 'edgeClosed') {
      if (concerns(effect.version)) return true;
    } else {
      const { node } = effect.version;
      if (!isMet(node)) continue;
      const known = nodes.get(node.id);
      if (known === undefined || !isAlike(known, node)) return true;
      const span = spans.get(node.id) ?? { first: effect.kind, last: effect.kind };
      span.last = effect.kind;
      spans.set(node.id, span);
    }
  // A version that follows another alike is no change; one that comes or goes is.
  return [...spans.values()].some(({ first, last }) => first !== 'nodeClosed' || last !== 'nodeOpened');

  function isMet(node: GraphNode): boolean {
    if (nodes.has(node.id) || starts.has(node.id)) return true;
    if (plan.kind === 'groups') return node.kind === 'Group';
    return node.kind === 'Identity' && part.everyoneOf.includes(node.tenant);
  }

  function concerns({ edge }: EdgeVersion): boolean {
    switch (plan.kind) {
      case 'groups':
        return edge.kind === 'MEMBER_OF' && nodes.has(edge.from);
      case 'reached':
        // Which roles were passed on the way to whom one can act as is not kept.
        if (plan.assume && (edge.kind === 'INHERITS' || edge.kind === 'CAN_ACT_AS')) return true;
        return isPassed(edge.kind) && (nodes.has(edge.from) || starts.has(edge.from));
      case 'reaching':
        if (edge.kind === 'INHERITS') return true;
        if (edge.kind === 'GRANTS') return starts.has(edge.to);
        if (plan.assume && (edge.kind === 'ASSIGNED' || edge.kind === 'CAN_ACT_AS')) return true;
        return isPassed(edge.kind) && (nodes.has(edge.to) || starts.has(edge.to) || roles.has(edge.to));
    }
  }
}

const isPassed = (kind: string) => kind === 'HAS_ACCOUNT' || kind === 'MEMBER_OF' || kind === 'ASSIGNED';

/** In all that access depends on. */
function isAlike(a: PrincipalNode, b: GraphNode): boolean {
  return isDeepStrictEqual(essenceOf(a), essenceOf(b));
}

function essenceOf(node: PrincipalNode | GraphNode): readonly unknown[] {
  switch (node.kind) {
    case 'Identity':
      return [node.kind, node.tenant, node.type, node.state, node.joinedTo, node.expiresAt];
    case 'Account':
      return [node.kind, node.tenant, node.source, node.active];
    case 'Group':
      return [node.kind, node.tenant, node.source, node.everyone, node.active, node.changing];
    default:
      return [node.kind];
  }
}
