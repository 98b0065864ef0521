import type { WhoCanAnswer, WhoCanQuestion } from '../access/access-engine.js';
import {
  type AnswerDependencies,
  type Asking,
  answerPage,
  type Paged,
  type PageRequest,
  requireSameApplication,
} from './answer-access.js';
import { readScopeOf, visibleTo } from './caller.js';
import { requireAssume } from './require-assume.js';
import { resolveRef } from './resolve-ref.js';

export type WhoCanFilter = Pick<
  WhoCanQuestion,
  'types' | 'origins' | 'inheritedOnly' | 'decisions' | 'standing' | 'includeAssume'
>;

/** Who may do something. Rejects as `resolveRef` and the engine do. */
export async function listWhoCan(
  dependencies: AnswerDependencies,
  asking: Asking,
  request: {
    readonly permission: string;
    readonly resource?: string;
    readonly filter: WhoCanFilter;
    readonly page: PageRequest;
  },
): Promise<Paged<WhoCanAnswer>> {
  requireAssume(request.filter);
  const scope = readScopeOf(asking.caller);
  const { store, engine } = dependencies;
  const what = await resolveRef(store, scope, {
    ref: request.permission,
    argument: 'permission',
    kinds: ['Permission'],
  });
  const where =
    request.resource === undefined
      ? undefined
      : await resolveRef(store, scope, { ref: request.resource, argument: 'resource', kinds: ['Resource'] });
  if (where !== undefined) requireSameApplication(what, where);
  const question = {
    permission: what.node.id,
    ...(where && { resource: where.node.id }),
    ...request.filter,
    ...visibleTo(asking.caller),
  };
  return answerPage(dependencies, asking, { name: 'whoCan', about: [question], page: request.page }, (position) =>
    engine.whoCan({ ...question, ...position }, asking.signal),
  );
}
