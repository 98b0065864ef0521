import type { OwnsEdge } from '../graph/edge.js';
import { asStatementSource, type NodeId } from '../graph/ids.js';
import { GraphError } from '../kernel/errors.js';
import { type Caller, readScopeOf, requireAllTenants, requireScope } from './caller.js';
import { type CommitDependencies, commitChanges } from './commit-changes.js';
import { parsePlainText } from './plain-text.js';
import { type RefStore, resolveRef } from './resolve-ref.js';

export interface OwnersRequest {
  /** Ref of an identity, group, role or application. */
  readonly target: string;
  /** Refs of identities and groups, the primary one first. */
  readonly owners: readonly string[];
  /** Ref of a person. */
  readonly approver: string;
  readonly approvalRef: string;
  readonly reason: string;
}

/** What governance decides is stated under this name, beside what sources say. */
const governance = asStatementSource('governance');

/**
 * Makes the owners that governance names exactly these; what sources say of the target stays.
 * Rejects FORBIDDEN, also for what belongs to every tenant where the caller is bound to some; INVALID where the approver is no active person, or approves owning itself; NOT_FOUND, AMBIGUOUS.
 */
export async function setOwners(
  dependencies: CommitDependencies & { readonly store: RefStore },
  caller: Caller,
  request: OwnersRequest,
  signal?: AbortSignal,
): Promise<NodeId> {
  requireScope(caller, 'governance:write');
  const scope = readScopeOf(caller);
  const find = (ref: string, argument: string, kinds: readonly ('Identity' | 'Group' | 'Role' | 'Application')[]) =>
    resolveRef(dependencies.store, scope, { ref, argument, kinds });
  const { node } = await find(request.target, 'target', ['Identity', 'Group', 'Role', 'Application']);
  if (!('tenant' in node)) requireAllTenants(caller);
  const target = node.id;
  const approver = (await find(request.approver, 'approver', ['Identity'])).node;
  if (approver.kind !== 'Identity' || approver.type !== 'HUMAN' || approver.state !== 'ACTIVE')
    throw new GraphError('INVALID', `\`${request.approver}\` is no active person; name one`, { argument: 'approver' });
  const owners: NodeId[] = [];
  for (const ref of request.owners) owners.push((await find(ref, 'owners', ['Identity', 'Group'])).node.id);
  if (owners.includes(target))
    throw new GraphError('INVALID', 'nothing answers for itself; name another owner', { argument: 'owners' });
  const edges = [...new Set(owners)].map((owner, at) => toEdge(owner, at, target, approver.id, request));
  const changes = [{ kind: 'setEdges', node: target, edge: 'OWNS', end: 'to', source: governance, edges }] as const;
  const meta = { actor: caller.name, cause: `setOwners: ${parsePlainText(request.reason, 'reason')}` };
  await commitChanges(dependencies, { meta, plan: { changes } }, signal);
  return target;
}

function toEdge(owner: NodeId, at: number, target: NodeId, approver: NodeId, request: OwnersRequest): OwnsEdge {
  return {
    kind: 'OWNS',
    from: owner,
    to: target,
    source: governance,
    statedBy: 'GOVERNANCE',
    statement: 'owner',
    sourceRef: `approved by ${approver}`,
    ownership: at === 0 ? 'PRIMARY' : 'BACKUP',
    approvalRef: parsePlainText(request.approvalRef, 'approvalRef'),
  };
}
