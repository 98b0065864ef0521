import type { Attributes } from './attribute-value.js';

export const LIST_URN = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** One page of an answer, already in order and projected. */
export interface Page {
  /** Absent only where a cursor walk may leave it out. */
  readonly totalResults?: number;
  readonly resources: readonly Attributes[];
  readonly position: /** Counted from 1 (RFC 7644 §3.4.2.4). */
    | { readonly kind: 'index'; readonly startIndex: number }
    /** RFC 9865; `nextCursor` is absent on the last page. */
    | { readonly kind: 'cursor'; readonly nextCursor?: string };
}

/** RFC 7644 §3.4.2; `itemsPerPage` is how many are in this page, whatever was asked for. */
export interface ListResponse {
  readonly schemas: readonly [typeof LIST_URN];
  readonly totalResults?: number;
  readonly startIndex?: number;
  readonly itemsPerPage: number;
  readonly nextCursor?: string;
  readonly Resources: readonly Attributes[];
}

export function renderListResponse({ totalResults, resources, position }: Page): ListResponse {
  return {
    schemas: [LIST_URN],
    ...(totalResults !== undefined && { totalResults }),
    ...(position.kind === 'index' && { startIndex: position.startIndex }),
    itemsPerPage: resources.length,
    ...(position.kind === 'cursor' && position.nextCursor !== undefined && { nextCursor: position.nextCursor }),
    Resources: resources,
  };
}
