import type { EffectiveAnswer, EffectiveQuestion } from '../access/access-engine.js';
import type { NodeId } from '../graph/ids.js';
import { GraphError } from '../kernel/errors.js';
import { type GraphStore, maxPageSize, type ReadScope } from '../store/graph-store.js';
import { type AnswerDependencies, type Asking, answerPage, type Paged, type PageRequest } from './answer-access.js';
import { readScopeOf, visibleTo } from './caller.js';
import { fieldIs } from './list-nodes.js';
import { requireAssume } from './require-assume.js';
import { requireTier } from './require-within.js';
import { resolveRef } from './resolve-ref.js';

/** `application` and `scope` are refs; `text` is part of an action. */
export type PermissionFilter = Omit<
  EffectiveQuestion,
  'identity' | 'first' | 'after' | 'at' | 'revision' | 'visible' | 'application' | 'resource' | 'permissions'
> & {
  readonly application?: string;
  readonly scope?: string;
  readonly text?: string;
};

/** What an identity may do. Rejects as `resolveRef` and the engine do; TOO_MANY where the text fits over 1,000 actions. */
export async function listEffectivePermissions(
  dependencies: AnswerDependencies,
  asking: Asking,
  {
    identity,
    filter,
    page,
  }: { readonly identity: NodeId; readonly filter: PermissionFilter; readonly page: PageRequest },
): Promise<Paged<EffectiveAnswer>> {
  const { application, scope, text, ...rest } = filter;
  requireTier(filter.tierAtMost);
  requireAssume(filter);
  const { store, engine } = dependencies;
  const readScope = readScopeOf(asking.caller);
  const find = async (ref: string, argument: string, kind: 'Application' | 'Resource') =>
    (await resolveRef(store, readScope, { ref, argument, kinds: [kind] })).node.id;
  const within = application === undefined ? undefined : await find(application, 'application', 'Application');
  const question = {
    identity,
    ...rest,
    ...(within !== undefined && { application: within }),
    ...(scope !== undefined && { resource: await find(scope, 'scope', 'Resource') }),
    ...(text !== undefined && { permissions: await findActions(store, readScope, text, within) }),
    ...visibleTo(asking.caller),
  };
  return answerPage(dependencies, asking, { name: 'effectivePermissions', about: [question], page }, (position) =>
    engine.effectivePermissions({ ...question, ...position }, asking.signal),
  );
}

/** Permissions whose action holds the text, of one application or of all. */
async function findActions(
  store: Pick<GraphStore, 'list'>,
  scope: ReadScope,
  part: string,
  application: NodeId | undefined,
): Promise<readonly NodeId[]> {
  const within = application === undefined ? {} : { scope: application };
  const where = fieldIs('Permission', 'action', part, { operator: 'CONTAINS', ...within });
  const found = await store.list(scope, { kind: 'Permission', where, limit: maxPageSize });
  if (found.next !== undefined)
    throw new GraphError('TOO_MANY', `\`${part}\` fits more than ${maxPageSize} actions; write more of it`, {
      argument: 'text',
      limit: 'maxPageSize',
    });
  return found.items.map(({ node }) => node.id);
}
