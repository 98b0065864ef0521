import type { AccessEngine, Answer } from '../access/access-engine.js';
import type { NodeId, Revision } from '../graph/ids.js';
import type { NodeVersion } from '../graph/node.js';
import { GraphError } from '../kernel/errors.js';
import type { GraphStore } from '../store/graph-store.js';
import { type Caller, readScopeOf } from './caller.js';
import type { PageCursors, PagedQuestion } from './page-cursor.js';
import type { Pair } from './pair.js';
import { resolveRef } from './resolve-ref.js';

/** Who asks, until when, and as of when. */
export interface Asking {
  readonly caller: Caller;
  readonly signal: AbortSignal;
  readonly pair: Pair;
  /** What is answered from something kept must be no older; absent: any age, which the answer tells. */
  readonly atLeast?: Revision;
}
export interface AnswerDependencies {
  readonly engine: AccessEngine;
  readonly store: Pick<GraphStore, 'nodesByIds' | 'find' | 'edgesOf' | 'list'>;
  readonly cursors: PageCursors;
}

/** A page as asked for. */
export interface PageRequest {
  readonly first: number;
  readonly after?: string;
}
/** A page as answered: the engine's own position is sealed. */
export type Paged<Of extends Answer<unknown>> = Omit<Of, 'next'> & {
  readonly endCursor?: string;
  readonly hasPreviousPage: boolean;
};

/** Asks the engine for one page. Every page is judged at the first one's revision, which the engine's cursor holds, and instant. */
export async function answerPage<Of extends Answer<unknown>>(
  { cursors }: Pick<AnswerDependencies, 'cursors'>,
  { caller, pair }: Asking,
  { name, about, page }: { readonly name: string; readonly about: PagedQuestion; readonly page: PageRequest },
  ask: (position: Pair & { readonly first: number; readonly after?: string }) => Promise<Of>,
): Promise<Paged<Of>> {
  const question = [name, about, caller.tenants];
  const first = cursors.parseFirst(page.first);
  const from = page.after === undefined ? undefined : cursors.parse(question, page.after);
  const judgedAt = from?.pair ?? pair;
  const { next, ...answer } = await ask({ ...judgedAt, first, ...(from && { after: from.next }) });
  return {
    ...answer,
    ...(next !== undefined && { endCursor: cursors.print(question, { next, pair: judgedAt }) }),
    hasPreviousPage: from !== undefined,
  };
}

/** The ids of what the caller names, in order of the names. Rejects as `resolveRef` does. */
export async function resolveAll(
  { store }: Pick<AnswerDependencies, 'store'>,
  { caller }: Pick<Asking, 'caller'>,
  refs: readonly string[],
  { argument, kinds }: { readonly argument: string; readonly kinds: Parameters<typeof resolveRef>[2]['kinds'] },
): Promise<readonly NodeId[]> {
  const found: readonly NodeVersion[] = await Promise.all(
    refs.map((ref) => resolveRef(store, readScopeOf(caller), { ref, argument, kinds })),
  );
  return found.map(({ node }) => node.id);
}

/** @throws GraphError INVALID where the resource is another application's than the permission */
export function requireSameApplication(
  permission: { readonly node: { readonly application: NodeId } },
  resource: { readonly node: { readonly application: NodeId } },
): void {
  if (permission.node.application !== resource.node.application)
    throw new GraphError('INVALID', "the resource is another application's than the permission; name one of the same", {
      argument: 'resource',
    });
}
