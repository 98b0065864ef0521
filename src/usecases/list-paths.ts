import type { PathsAnswer, PathsQuestion, PermissionRow } from '../access/access-engine.js';
import type { NodeId } from '../graph/ids.js';
import {
  type AnswerDependencies,
  type Asking,
  answerPage,
  type Paged,
  type PageRequest,
  requireSameApplication,
  resolveAll,
} from './answer-access.js';
import { readScopeOf, visibleTo } from './caller.js';
import { requireWithin } from './require-within.js';
import { resolveRef } from './resolve-ref.js';

/** `via` and `avoid` are refs of whatever can stand on a path. */
export type PathFilter = Pick<
  PathsQuestion,
  'edgeKinds' | 'maxLength' | 'crossTenantOnly' | 'includeOverridden' | 'includeAssume'
> & {
  readonly via?: readonly string[];
  readonly avoid?: readonly string[];
};

export interface PathsRequest {
  readonly identity: string;
  readonly permission: string;
  readonly resource?: string;
  readonly filter: PathFilter;
  readonly page: PageRequest;
}

/** Through which chains an identity comes to a permission. Rejects as `resolveRef` and the engine do. */
export async function listPaths(
  dependencies: AnswerDependencies,
  asking: Asking,
  { identity, permission, resource, filter, page }: PathsRequest,
): Promise<Paged<PathsAnswer>> {
  const scope = readScopeOf(asking.caller);
  const { store } = dependencies;
  requireWithin(filter.maxLength, { argument: 'maxLength', least: 1 });
  const who = await resolveRef(store, scope, { ref: identity, argument: 'identity', kinds: ['Identity'] });
  const what = await resolveRef(store, scope, { ref: permission, argument: 'permission', kinds: ['Permission'] });
  const where =
    resource === undefined
      ? undefined
      : await resolveRef(store, scope, { ref: resource, argument: 'resource', kinds: ['Resource'] });
  if (where !== undefined) requireSameApplication(what, where);
  const { via, avoid, ...rest } = filter;
  return listPathsBetween(dependencies, asking, {
    identity: who.node.id,
    permission: what.node.id,
    ...(where && { resource: where.node.id }),
    filter: {
      ...rest,
      ...(via && { via: await resolveAll(dependencies, asking, via, { argument: 'via', kinds: onPath }) }),
      ...(avoid && { avoid: await resolveAll(dependencies, asking, avoid, { argument: 'avoid', kinds: onPath }) }),
    },
    page,
  });
}

/** The same for nodes that were read, and so are there. */
export function listPathsBetween(
  dependencies: Pick<AnswerDependencies, 'engine' | 'cursors'>,
  asking: Asking,
  {
    filter,
    page,
    ...ends
  }: {
    readonly identity: NodeId;
    readonly permission: NodeId;
    readonly resource?: NodeId;
    readonly filter: Omit<PathFilter, 'via' | 'avoid'> & Pick<PathsQuestion, 'via' | 'avoid'>;
    readonly page: PageRequest;
  },
): Promise<Paged<PathsAnswer>> {
  const question = { ...ends, ...filter, ...visibleTo(asking.caller) };
  return answerPage(dependencies, asking, { name: 'inheritancePaths', about: [question], page }, (position) =>
    dependencies.engine.inheritancePaths({ ...question, ...position }, asking.signal),
  );
}

/**
 * Paths to a row's permission at its scope. Only live ones are listed: of a row that is not effective they are a part, how
 * many there are is unknown, and the answer says that it is cut.
 */
export async function listPathsOfRow(
  dependencies: Pick<AnswerDependencies, 'engine' | 'cursors'>,
  asking: Asking,
  {
    identity,
    row: { permission, scope, standing, origins },
    page,
  }: {
    readonly identity: NodeId;
    readonly row: Pick<PermissionRow, 'permission' | 'scope' | 'standing' | 'origins'>;
    readonly page: PageRequest;
  },
): Promise<Paged<PathsAnswer>> {
  const answer = await listPathsBetween(dependencies, asking, {
    identity,
    permission,
    resource: scope,
    filter: { includeAssume: origins.includes('VIA_ASSUME') },
    page,
  });
  return standing === 'EFFECTIVE' ? answer : withoutStopped(answer);
}

function withoutStopped({ totalCount: _, ...live }: Paged<PathsAnswer>): Paged<PathsAnswer> {
  const { reasons, limit } = live.completeness;
  return {
    ...live,
    pathCount: { ...live.pathCount, exact: false },
    completeness: {
      complete: false,
      reasons: [...new Set([...reasons, 'LIMIT' as const])],
      limit: [...(limit === undefined ? [] : [limit]), onlyLive].join(', '),
    },
  };
}

const onlyLive = 'standing EFFECTIVE';

const onPath = ['Identity', 'Account', 'Group', 'Role', 'Permission'] as const;
