import { setImmediate } from 'node:timers/promises';
import { compareBytes } from '../../graph/text.js';
import { maxPageSize } from '../../store/graph-store.js';
import type { Attributes } from '../attribute-value.js';
import { type ListResponse, renderListResponse } from '../list-response.js';
import { createResourceOrder } from '../resource-order.js';
import type { ResourceType } from '../schema-registry.js';
import { ScimError } from '../scim-error.js';
import type { SearchRequest } from '../search-request.js';
import { toSelections } from './answer-selection.js';
import type { CursorPosition, CursorQuestion, ListCursors } from './list-cursor.js';
import type { ResourceVersion } from './resource-node.js';
import { renderResources } from './resource-reader.js';
import { countSegment, listSegment, type Match, matchAll, type Segment, toSegment } from './resource-segment.js';
import type { ScimContext } from './scim-context.js';

/** A query over one resource type, or over all of them at the root (RFC 7644 §3.4.2). */
export interface ResourceQuery {
  /** Of the query, such as `/Users`. */
  readonly path: string;
  readonly resourceTypes: readonly ResourceType[];
  readonly search: SearchRequest;
}

/** Answers a query by one page; `cursor`, even empty, walks by cursors (RFC 9865), else pages are counted. */
export async function answerQuery(
  context: ScimContext,
  cursors: ListCursors,
  { path, resourceTypes, search }: ResourceQuery,
): Promise<ListResponse> {
  const selections = toSelections(context, search);
  const segments: Segment[] = [];
  const isAlone = resourceTypes.length === 1;
  for (const resourceType of resourceTypes) segments.push(await toSegment(context, resourceType, { search, isAlone }));
  const { maxPageSize: most, defaultPageSize } = context.limits;
  const count = Math.min(search.count ?? defaultPageSize, most);
  const page =
    search.cursor === undefined
      ? await pageByIndex(context, segments, { search, count })
      : await pageByCursor(context, segments, {
          cursors,
          question: { source: context.source.id, path, search },
          cursor: search.cursor,
          count,
        });
  const resources = await renderResources(context, page.versions, selections);
  return renderListResponse({ ...page, resources });
}

type FoundPage = Omit<Parameters<typeof renderListResponse>[0], 'resources'> & {
  readonly versions: readonly ResourceVersion[];
};

async function pageByIndex(
  context: ScimContext,
  segments: readonly Segment[],
  { search, count }: { readonly search: SearchRequest; readonly count: number },
): Promise<FoundPage> {
  const position = { kind: 'index', startIndex: search.startIndex } as const;
  if (isWhollyStored(segments)) {
    const { totalResults, versions } = await sliceStored(context, segments, { skip: search.startIndex - 1, count });
    return { totalResults, versions, position };
  }
  const matches = await findMatches(context, segments, search);
  const versions = matches.slice(search.startIndex - 1, search.startIndex - 1 + count).map(({ version }) => version);
  return { totalResults: matches.length, versions, position };
}

/** Whether the store finds and sorts all of it. */
function isWhollyStored(segments: readonly Segment[]): boolean {
  return segments.every(({ residual }) => !residual) && isSortedByStore(segments);
}

function isSortedByStore(segments: readonly Segment[]): boolean {
  return segments.every(({ order }) => order !== 'process');
}

async function sliceStored(
  context: ScimContext,
  segments: readonly Segment[],
  { skip, count }: { readonly skip: number; readonly count: number },
): Promise<{ readonly totalResults: number; readonly versions: readonly ResourceVersion[] }> {
  const versions: ResourceVersion[] = [];
  let totalResults = 0;
  for (const segment of segments) {
    const total = await countSegment(context, segment);
    const skipped = Math.max(0, skip - totalResults);
    const limit = count - versions.length;
    totalResults += total;
    if (limit <= 0 || skipped >= total) continue;
    await setImmediate();
    const { items } = await listSegment(context, segment, { skip: skipped, limit });
    versions.push(...(await matchAll(context, segment, items)).map(({ version }) => version));
  }
  return { totalResults, versions };
}

/** All that match, sorted. Throws `tooMany` past the scan budget: a list is never cut short. */
async function findMatches(
  context: ScimContext,
  segments: readonly Segment[],
  { sortBy, sortOrder }: SearchRequest,
): Promise<readonly Match[]> {
  const matches: Match[] = [];
  let seen = 0;
  for (const segment of segments) {
    let after: string | undefined;
    do {
      const page = await listSegment(context, segment, { limit: maxPageSize, ...(after !== undefined && { after }) });
      seen += page.items.length;
      if (seen > context.limits.scanBudget) throw tooMuch();
      matches.push(...(await matchAll(context, segment, page.items)));
      after = page.next;
      await setImmediate();
    } while (after !== undefined);
  }
  if (sortBy === undefined || isSortedByStore(segments)) return matches;
  const reader = context.reader((segments[0] as Segment).resourceType);
  const compare = createResourceOrder(sortBy, sortOrder, reader);
  return matches.sort((a, b) => compare(wholeOf(a), wholeOf(b)) || compareBytes(a.version.node.id, b.version.node.id));
}

const wholeOf = ({ whole }: Match) => whole as Attributes;

function tooMuch(): ScimError {
  return new ScimError(
    'tooMany',
    'too many resources would have to be looked at; filter by an indexed attribute, with fewer terms',
  );
}

interface CursorWalk {
  readonly cursors: ListCursors;
  readonly question: CursorQuestion;
  readonly cursor: string;
  readonly count: number;
}

async function pageByCursor(
  context: ScimContext,
  segments: readonly Segment[],
  { cursors, question, cursor, count }: CursorWalk,
): Promise<FoundPage> {
  if (!isSortedByStore(segments))
    throw new ScimError(
      'invalidValue',
      '`sortBy` of a cursor walk is `id`, `meta.created`, `meta.lastModified` or the unique name',
    );
  const start = cursor === '' ? { segment: 0 } : cursors.parse(question, cursor, context.limits.cursorTimeoutSeconds);
  const { versions, next } = await walk(context, segments, { start, count });
  const nextCursor = next === undefined ? {} : { nextCursor: cursors.print(question, next) };
  const totals = segments.some(({ residual }) => residual)
    ? {}
    : { totalResults: (await sliceStored(context, segments, { skip: 0, count: 0 })).totalResults };
  return { ...totals, versions, position: { kind: 'cursor', ...nextCursor } };
}

/**
 * The next matches by position, so that what is written meanwhile neither hides nor repeats another. A page may be
 * short where much had to be passed over; it is the last one only if it has no `next`.
 */
async function walk(
  context: ScimContext,
  segments: readonly Segment[],
  { start, count }: { readonly start: CursorPosition; readonly count: number },
): Promise<{ readonly versions: readonly ResourceVersion[]; readonly next?: CursorPosition }> {
  const versions: ResourceVersion[] = [];
  let position = start;
  let seen = 0;
  while (versions.length === 0 || versions.length * 2 < count) {
    const segment = segments[position.segment];
    if (!segment || count === 0 || seen > context.limits.scanBudget) break;
    const { after } = position;
    const limit = count - versions.length;
    const page = await listSegment(context, segment, { limit, ...(after !== undefined && { after }) });
    versions.push(...(await matchAll(context, segment, page.items)).map(({ version }) => version));
    seen += page.items.length;
    position =
      page.next === undefined ? { segment: position.segment + 1 } : { segment: position.segment, after: page.next };
  }
  return { versions, ...(position.segment < segments.length && { next: position }) };
}
