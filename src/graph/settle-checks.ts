import { GraphError } from '../kernel/errors.js';
import type { Edge } from './edge.js';
import { edgeFault } from './edge-fault.js';
import type { GraphView } from './graph-view.js';
import { everyoneIdOf, isIdSyntax } from './ids.js';
import { claimsOf, type FieldKey, fieldKeysOf } from './indexed-fields.js';
import type { GraphNode, GroupNode, NodeVersion } from './node.js';
import type { Changed, Draft } from './settle-draft.js';
import { checkIndexed, checkText } from './text.js';

/** Fields that say where a node belongs. Edges are checked against them once, so they never change. */
const fixedFields = ['kind', 'tenant', 'source', 'application'] as const;

/**
 * What must hold of the graph that a commit leaves: judged on all that the commit changed, once, at its end.
 * @throws GraphError INVALID, UNIQUENESS
 */
export function checkDraft(draft: Draft): void {
  for (const change of draft.changedNodes()) {
    if (!change.after) continue;
    checkNode(change.after.node);
    checkFixedFields(change);
    checkClaims(draft, change.after.node);
  }
  for (const { after } of draft.changedEdges()) if (after) checkEdge(draft, after.edge);
}

function checkNode(node: GraphNode): void {
  checkId(node.id, `the id of a ${node.kind}`);
  checkValue(node, node.kind);
  for (const key of fieldKeysOf(node)) checkIndexed(key.value, `${key.kind}.${key.field}`);
  const fault = node.kind === 'Group' ? groupFault(node) : undefined;
  if (fault) throw new GraphError('INVALID', fault);
}

function groupFault(node: GroupNode): string | undefined {
  const isEveryone = node.id === everyoneIdOf(node.tenant);
  if ((node.everyone === true) !== isEveryone || (node.source === undefined) !== isEveryone)
    return `group \`${node.id}\` has no source or says it is everyone; only the tenant's derived group does`;
  return undefined;
}

function checkFixedFields({ before, after }: Changed<NodeVersion>): void {
  if (!before || !after) return;
  const [old, next]: { readonly [field: string]: unknown }[] = [{ ...before.node }, { ...after.node }];
  for (const field of fixedFields)
    if (old?.[field] !== next?.[field])
      throw new GraphError('INVALID', `the ${field} of node \`${after.node.id}\` cannot change; use a new id`);
}

function checkClaims(view: GraphView, node: GraphNode): void {
  for (const claim of claimsOf(node)) {
    const rivals = view.holders(claim).filter((id) => id !== node.id);
    if (rivals.some((id) => claims(view.node(id)?.node, claim)))
      throw new GraphError('UNIQUENESS', `${spaceOf(claim)} is taken; choose another`, { argument: claim.field });
  }
}

const claims = (node: GraphNode | undefined, claim: FieldKey): boolean =>
  node !== undefined && claimsOf(node).some(({ field, value }) => field === claim.field && value === claim.value);

/** Names where the value is looked for, never who holds it. */
export function spaceOf({ kind, field, scope, value }: FieldKey): string {
  return `${kind}.${field} \`${value}\`${scope === '' ? '' : ` in \`${scope}\``}`;
}

function checkEdge(view: GraphView, edge: Edge): void {
  checkId(edge.source, `the source of a ${edge.kind}`);
  checkValue(edge, edge.kind);
  const fault = edgeFault(view, edge);
  if (fault) throw new GraphError('INVALID', fault);
}

/** @throws GraphError INVALID */
export function checkId(id: string, field: string): void {
  checkText(id, field);
  if (!isIdSyntax(id))
    throw new GraphError('INVALID', `${field} is \`${id}\`; an id is 1 to 128 of A–Z a–z 0–9 _ . : -`);
}

/** Every text and number in it, keys included; `path` names it. */
function checkValue(value: unknown, path: string): void {
  if (typeof value === 'string') checkText(value, path);
  else if (typeof value === 'number' && !Number.isFinite(value))
    throw new GraphError('INVALID', `${path} is \`${value}\`, which JSON cannot say`);
  else if (typeof value === 'object' && value !== null)
    for (const [key, each] of Object.entries(value)) {
      checkText(key, `a key of ${path}`);
      checkValue(each, `${path}.${key}`);
    }
}
