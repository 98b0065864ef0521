import type { PageRequest } from '../usecases/answer-access.js';
import type { AnswerModel } from './models.js';

/** The page that `first` and `after` ask for. */
export function toPageRequest({
  first,
  after,
}: {
  readonly first: number;
  readonly after?: string | null | undefined;
}): PageRequest {
  return { first, ...(after !== null && after !== undefined && { after }) };
}

/** Where the page stands, as GraphQL says it. */
export function toPageInfo({ endCursor, hasPreviousPage }: Pick<AnswerModel, 'endCursor' | 'hasPreviousPage'>) {
  return { hasNextPage: endCursor !== undefined, hasPreviousPage, startCursor: null, endCursor: endCursor ?? null };
}
