import type { EffectiveAnswer, EffectiveQuestion } from '../access/access-engine.js';
import type { NodeId } from '../graph/ids.js';
import { fieldKey } from '../graph/indexed-fields.js';
import { GraphError } from '../kernel/errors.js';
import { maxPageSize, type Where } from '../store/graph-store.js';
import { type AnswerDependencies, type Asking, answerPage, type Paged, type PageRequest } from './answer-access.js';
import { readScopeOf, visibleTo } from './caller.js';
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
  const named = {
    ...(application !== undefined && { application: await resolveId('application', application, 'Application') }),
    ...(scope !== undefined && { resource: await resolveId('scope', scope, 'Resource') }),
  };
  const permissions = text === undefined ? {} : { permissions: await findActions(text, named.application) };
  const question = { identity, ...rest, ...named, ...permissions, ...visibleTo(asking.caller) };
  return answerPage(dependencies, asking, { name: 'effectivePermissions', about: [question], page }, (position) =>
    dependencies.engine.effectivePermissions({ ...question, ...position }, asking.signal),
  );

  async function resolveId(argument: string, ref: string, kind: 'Application' | 'Resource'): Promise<NodeId> {
    const found = await resolveRef(dependencies.store, readScopeOf(asking.caller), { ref, argument, kinds: [kind] });
    return found.node.id;
  }

  async function findActions(part: string, within: NodeId | undefined): Promise<readonly NodeId[]> {
    const { value } = fieldKey('Permission', 'action', within ?? '', part);
    const where: Where = {
      kind: 'field',
      field: 'action',
      operator: 'CONTAINS',
      value,
      ...(within !== undefined && { scope: within }),
    };
    const found = await dependencies.store.list(readScopeOf(asking.caller), {
      kind: 'Permission',
      where,
      limit: maxPageSize,
    });
    if (found.next !== undefined)
      throw new GraphError('TOO_MANY', `\`${part}\` fits more than ${maxPageSize} actions; write more of it`, {
        argument: 'text',
        limit: 'maxPageSize',
      });
    return found.items.map(({ node }) => node.id);
  }
}
