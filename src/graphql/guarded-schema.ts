import {
  type ConstDirectiveNode,
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
} from 'graphql';
import { beforeDeadline } from '../kernel/deadline.js';
import { GraphError } from '../kernel/errors.js';
import { requireScope, type Scope } from '../usecases/caller.js';
import type { GraphContext } from './context.js';

type Resolver = GraphQLFieldResolver<unknown, GraphContext>;

/** What gateways send, which carries no directive of ours. */
const gatewayFields: readonly string[] = ['_entities', '_service'];

/**
 * Guards every root field: the scopes that `@requiresScopes` names (gateways do not enforce it), `graph:read` for what
 * gateways ask, and the deadline. Changes the schema it is given.
 */
export function guardSchema(schema: GraphQLSchema): GraphQLSchema {
  for (const root of [schema.getQueryType(), schema.getMutationType()])
    for (const field of Object.values(root?.getFields() ?? {})) field.resolve = guarded(schema, field);
  return schema;
}

function guarded(schema: GraphQLSchema, field: GraphQLField<unknown, GraphContext>): Resolver {
  const resolve = field.resolve ?? defaultFieldResolver;
  const scopes = gatewayFields.includes(field.name) ? [['graph:read']] : scopesOf(field);
  return (source, args, context, info) => {
    requireAnyOf(context, scopes);
    if (field.name === '_entities') checkRepresentations(schema, args.representations);
    const asked = async () => resolve(source, args, context, info);
    return beforeDeadline(asked(), context.signal, 'DEADLINE');
  };
}

/** One of the lists must be held whole. No lists: no scope is needed. @throws GraphError FORBIDDEN */
function requireAnyOf({ caller }: GraphContext, lists: readonly (readonly string[])[]): void {
  if (lists.length === 0 || lists.some((list) => list.every((scope) => caller.scopes.includes(scope as Scope)))) return;
  for (const scope of lists[0] ?? []) requireScope(caller, scope as Scope);
}

function scopesOf(field: GraphQLField<unknown, GraphContext>): readonly (readonly string[])[] {
  const directive = field.astNode?.directives?.find(({ name }) => name.value === 'requiresScopes');
  return directive === undefined ? [] : listsOf(directive);
}

function listsOf(directive: ConstDirectiveNode): readonly (readonly string[])[] {
  const value = directive.arguments?.find(({ name }) => name.value === 'scopes')?.value;
  if (value?.kind !== Kind.LIST) return [];
  return value.values.map((list) =>
    list.kind === Kind.LIST ? list.values.flatMap((scope) => (scope.kind === Kind.STRING ? [scope.value] : [])) : [],
  );
}

/** @throws GraphError INVALID for a representation of what is no entity */
function checkRepresentations(schema: GraphQLSchema, representations: unknown): void {
  const entities = schema.getType('_Entity');
  for (const each of Array.isArray(representations) ? representations : []) {
    const name = String((each as { readonly __typename?: unknown } | null)?.__typename);
    const type = schema.getType(name);
    const known =
      isObjectType(type) && entities !== undefined && 'getTypes' in entities && entities.getTypes().includes(type);
    if (!known && !(isInterfaceType(type) && name === 'Identity'))
      throw new GraphError('INVALID', `\`${name}\` is no entity of this graph`, { argument: 'representations' });
  }
}
