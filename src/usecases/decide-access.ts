import type { DecideAnswer, WhyNotAnswer } from '../access/access-engine.js';
import type { IdentityNode, JsonObject, NodeVersion, PermissionNode, ResourceNode } from '../graph/node.js';
import { type AnswerDependencies, type Asking, requireSameApplication } from './answer-access.js';
import { readScopeOf, visibleTo } from './caller.js';
import { resolveRef } from './resolve-ref.js';

/** Refs of who, what and to what. */
export interface TripleRequest {
  readonly identity: string;
  readonly permission: string;
  readonly resource: string;
}
export interface DecisionRequest extends TripleRequest {
  readonly onBehalfOf?: string;
  readonly context?: JsonObject;
}
export interface Triple {
  readonly identity: NodeVersion<IdentityNode>;
  readonly permission: NodeVersion<PermissionNode>;
  readonly resource: NodeVersion<ResourceNode>;
}
export type Decided = Triple & DecideAnswer;

/** Whether an identity may do something to a resource. Rejects as `resolveRef` and the engine do. */
export async function decideAccess(
  dependencies: AnswerDependencies,
  asking: Asking,
  { onBehalfOf, context, ...request }: DecisionRequest,
): Promise<Decided> {
  const triple = await resolveTriple(dependencies, asking, request);
  const other =
    onBehalfOf === undefined
      ? undefined
      : await resolveRef(dependencies.store, readScopeOf(asking.caller), {
          ref: onBehalfOf,
          argument: 'onBehalfOf',
          kinds: ['Identity'],
        });
  const answer = await dependencies.engine.decide(
    {
      ...idsOf(triple),
      ...(other && { onBehalfOf: other.node.id }),
      ...(context && { context }),
      ...asking.pair,
      ...visibleTo(asking.caller),
    },
    asking.signal,
  );
  return { ...triple, ...answer };
}

/** Why an identity may not do something to a resource. Rejects as `resolveRef` and the engine do. */
export async function explainWhyNot(
  dependencies: AnswerDependencies,
  asking: Asking,
  request: TripleRequest,
): Promise<WhyNotAnswer> {
  const triple = await resolveTriple(dependencies, asking, request);
  return dependencies.engine.whyNot({ ...idsOf(triple), ...asking.pair, ...visibleTo(asking.caller) }, asking.signal);
}

async function resolveTriple(
  { store }: AnswerDependencies,
  { caller }: Asking,
  { identity, permission, resource }: TripleRequest,
): Promise<Triple> {
  const scope = readScopeOf(caller);
  const triple = {
    identity: await resolveRef(store, scope, { ref: identity, argument: 'identity', kinds: ['Identity'] }),
    permission: await resolveRef(store, scope, { ref: permission, argument: 'permission', kinds: ['Permission'] }),
    resource: await resolveRef(store, scope, { ref: resource, argument: 'resource', kinds: ['Resource'] }),
  };
  requireSameApplication(triple.permission, triple.resource);
  return triple;
}

function idsOf({ identity, permission, resource }: Triple) {
  return { identity: identity.node.id, permission: permission.node.id, resource: resource.node.id };
}
