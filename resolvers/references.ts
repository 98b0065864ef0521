import { asNodeId, type NodeId } from '../src/graph/ids.js';
import { fieldKey } from '../src/graph/indexed-fields.js';
import type { NodeKind, NodeOf, NodeVersion } from '../src/graph/node.js';
import { printRef } from '../src/graph/ref.js';
import type { GraphContext } from '../src/graphql/context.js';
import { typenameOf } from '../src/graphql/read-node.js';
import { isGraphError } from '../src/kernel/errors.js';
import { readScopeOf } from '../src/usecases/caller.js';
import { resolveRef } from '../src/usecases/resolve-ref.js';

/** A key of an entity, as another subgraph knows it: one of its `@key`s. */
interface Representation {
  readonly __typename: string;
  readonly id?: string;
  readonly ref?: string;
  readonly slug?: string;
  readonly tenantSlug?: string;
  readonly employeeNumber?: string;
  readonly sourceRef?: string;
  readonly externalId?: string;
}

/**
 * Entities by their keys; those by id go to the store in one call. Null for what is absent, hidden, ambiguous, or of
 * another type than the representation says. What is given back is a copy, since the subgraph library writes on it.
 */
export function resolveReference<Kind extends NodeKind>(kind: Kind) {
  return async (given: unknown, context: GraphContext): Promise<NodeVersion<NodeOf<Kind>> | null> => {
    const key = given as Representation;
    const version = await findReferenced(key, kind, context);
    if (version?.node.kind !== kind) return null;
    const typename = typenameOf(version);
    if (key.__typename !== typename && key.__typename !== kind) return null;
    return { ...version, __typename: typename } as NodeVersion as NodeVersion<NodeOf<Kind>>;
  };
}

async function findReferenced(
  key: Representation,
  kind: NodeKind,
  context: GraphContext,
): Promise<NodeVersion | undefined> {
  const { services, caller, loaders } = context;
  const scope = readScopeOf(caller);
  const byRef = (ref: string) => resolveRef(services.store, scope, { ref, argument: 'ref', kinds: [kind] });
  try {
    if (typeof key.id === 'string') return await followJoin(asNodeId(key.id), context);
    if (typeof key.ref === 'string') return await byRef(key.ref);
    if (typeof key.slug === 'string') return await byRef(printRef({ kind: 'named', slug: key.slug }));
    if (typeof key.employeeNumber === 'string' && typeof key.tenantSlug === 'string') {
      const ref = printRef({ kind: 'named', slug: key.tenantSlug });
      const tenant = await resolveRef(services.store, scope, { ref, argument: 'tenantSlug', kinds: ['Tenant'] });
      return await findOnly(fieldKey('Identity', 'employeeNumber', tenant.node.id, key.employeeNumber));
    }
    if (typeof key.externalId === 'string' && typeof key.sourceRef === 'string') {
      const ref = key.sourceRef;
      const source = await resolveRef(services.store, scope, { ref, argument: 'sourceRef', kinds: ['Source'] });
      return await findOnly(fieldKey('Account', 'externalId', source.node.id, key.externalId));
    }
    return undefined;
  } catch (error) {
    if (isGraphError(error, 'NOT_FOUND') || isGraphError(error, 'AMBIGUOUS')) return undefined;
    throw error;
  }

  async function followJoin(id: NodeId, { loaders: { node } }: GraphContext): Promise<NodeVersion | undefined> {
    const version = await node(id);
    const joinedTo = version?.node.kind === 'Identity' ? version.node.joinedTo : undefined;
    return joinedTo === undefined ? version : loaders.node(joinedTo);
  }

  async function findOnly(field: ReturnType<typeof fieldKey>): Promise<NodeVersion | undefined> {
    const found = (await services.store.find(scope, field)).filter(
      ({ node }) => node.kind !== 'Identity' || node.joinedTo === undefined,
    );
    return found.length === 1 ? found[0] : undefined;
  }
}
