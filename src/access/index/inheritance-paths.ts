import type { IncompleteReason } from '../../graph/decision.js';
import type { NodeId } from '../../graph/ids.js';
import type { Completeness, InheritancePath, PathsAnswer, PathsQuestion } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { createBringingEdges } from './bringing-edge.js';
import { createHopRegions } from './hop-regions.js';
import { searchPaths } from './k-paths.js';
import { type ArcPath, arcsOf, findLocalGraphIn, type LocalGraph } from './local-graph.js';
import { none } from './node-bank.js';
import { countPaths } from './path-count.js';
import { createPathWriter, crossesTenant, writeJudged } from './path-description.js';
import { createPathJudge } from './path-judge.js';
import { type AskedAccess, getAskedAccess, getPathNode } from './path-question.js';
import { type Walked, type WalkQuestion, walkStates } from './state-walk.js';
import { unseenReasons } from './unseen.js';

/** What one listing may cost; an answer that meets a limit says which. */
export interface ListingLimits {
  /** Paths over all pages. */
  readonly listedPaths: number;
  /** Edges looked at for one page: an exact search for filtered paths (`via`, `crossTenantOnly`) is NP-hard. */
  readonly listingEffort: number;
  /** Nodes as somebody stands at them: there can be very many whom one may act as. */
  readonly walkedStates: number;
}
export const listingLimits: ListingLimits = { listedPaths: 10_000, listingEffort: 2_000_000, walkedStates: 200_000 };

/** One page; `nextPosition` is where the next begins. */
export interface PathListing extends Omit<PathsAnswer, 'asOf' | 'next'> {
  readonly nextPosition?: number;
}
interface Page {
  readonly paths: readonly ArcPath[];
  readonly nextPosition?: number;
  readonly cut?: Cut;
}
interface Cut {
  readonly reason: IncompleteReason;
  readonly limit: string;
}
type PathFilter = (path: ArcPath) => boolean;

/**
 * The simple paths over which the identity has the permission, from a position on: by length, then by the ids of the
 * nodes, then of the edges. `pathCount` is of the paths that `avoid`, `edgeKinds`, `resource` and `includeOverridden`
 * leave, before any cut or filter.
 * @throws GraphError NOT_FOUND, INVALID
 */
export function listInheritancePaths(
  graph: AccessGraph,
  question: PathsQuestion,
  position = 0,
  limits: ListingLimits = listingLimits,
): PathListing {
  const asked = getAskedAccess(graph, question);
  const hops = createHopRegions(graph, asked.resource);
  const judge = createPathJudge({ graph, ...asked, hops });
  const filter = filterOf(graph, question);
  const walk: WalkQuestion = {
    graph,
    ...asked,
    effect: 'ALLOW',
    mostStates: limits.walkedStates,
    keeps: narrowingOf(graph, question),
    ...(question.includeAssume && { hop: hops.regionAfter }),
    ...(question.includeOverridden === false && { ends: (acting, place) => !judge.isOverridden(acting, place) }),
  };
  const walked = isAvoided(graph, question, asked) ? nothingWalked : walkStates(walk);
  const local = findLocalGraphIn(graph, walked);
  const page: Page = local ? readPage(local, question, { filter, position, limits }) : { paths: [] };
  const found = local ? countPaths(local.paths) : { atLeast: '0', exact: true };
  const unseen = unseenReasons(walk);
  // What is not seen may be a path.
  const pathCount = walked.cut || unseen.length > 0 ? { ...found, exact: false } : found;
  const walkCut: Cut[] = walked.cut ? [{ reason: 'EFFORT', limit: `walkedStates ${limits.walkedStates}` }] : [];
  const cuts = page.cut ? [page.cut, ...walkCut] : walkCut;
  const isWhole = !filter && question.maxLength === undefined && BigInt(found.atLeast) <= limits.listedPaths;
  const total =
    cuts.length > 0 || unseen.length > 0 ? undefined : totalOf(page, position, isWhole ? pathCount : undefined);
  return {
    items: writePaths(graph, question, asked, page.paths, judge),
    pathCount,
    ...(page.nextPosition !== undefined && { nextPosition: page.nextPosition }),
    ...(total !== undefined && { totalCount: total }),
    completeness: completenessOf(cuts, unseen),
  };
}

const nothingWalked: Walked = { states: [], arcs: [], cut: false };

/** Avoided nodes and unwanted kinds are not walked at all. */
function narrowingOf(
  graph: AccessGraph,
  { avoid = [], edgeKinds, visible }: PathsQuestion,
): WalkQuestion['keeps'] & {} {
  const avoided = new Set(avoid.map((id) => getPathNode(graph, id, visible)).filter((node) => node !== none));
  return (kind, to) => (edgeKinds?.includes(kind) ?? true) && !avoided.has(to);
}

/** One of the ends is to be avoided. */
function isAvoided(graph: AccessGraph, { avoid = [] }: PathsQuestion, { identity, permission }: AskedAccess): boolean {
  return avoid.includes(graph.nodes.ids[identity]!) || avoid.includes(graph.permissions.ids[permission]!);
}

/** Absent: all paths are listed. */
function filterOf(
  graph: AccessGraph,
  { via = [], crossTenantOnly = false, visible, permission }: PathsQuestion,
): PathFilter | undefined {
  const wanted = via.filter((id) => id !== permission).map((id) => getPathNode(graph, id, visible));
  if (wanted.length === 0 && !crossTenantOnly) return undefined;
  return (path) =>
    wanted.every((node) => path.some(({ from }) => from.node === node)) &&
    (!crossTenantOnly || path.some((arc) => crossesTenant(graph, arc)));
}

interface PageRange {
  readonly filter: PathFilter | undefined;
  readonly position: number;
  readonly limits: ListingLimits;
}

function readPage(
  local: LocalGraph,
  { first, maxLength = Number.POSITIVE_INFINITY }: PathsQuestion,
  { filter, position, limits }: PageRange,
): Page {
  const search = searchPaths(local.paths);
  const paths: ArcPath[] = [];
  const cutBy = (reason: IncompleteReason, limit: string): Page => ({ paths, cut: { reason, limit } });
  for (let matches = 0; ; ) {
    if (search.effort() > limits.listingEffort) return cutBy('EFFORT', `listingEffort ${limits.listingEffort}`);
    const found = search.next();
    if (!found) return { paths };
    const path = arcsOf(local, found);
    if (filter?.(path) === false) continue;
    // Only what would be listed is cut.
    if (path.length > maxLength) return cutBy('LIMIT', `maxLength ${maxLength}`);
    if (matches++ < position) continue;
    if (matches > limits.listedPaths) return cutBy('LIMIT', `listedPaths ${limits.listedPaths}`);
    if (paths.length === first) return { paths, nextPosition: position + first };
    paths.push(path);
  }
}

/** Known where the count is exact and nothing is left out, else once the last page is read. */
function totalOf(page: Page, position: number, count: PathListing['pathCount'] | undefined): number | undefined {
  if (count?.exact) return Number(count.atLeast);
  return page.nextPosition === undefined ? position + page.paths.length : undefined;
}

function writePaths(
  graph: AccessGraph,
  { justified, visible }: PathsQuestion,
  { identity, permission }: AskedAccess,
  paths: readonly ArcPath[],
  { judge }: ReturnType<typeof createPathJudge>,
): readonly InheritancePath[] {
  const writer = createPathWriter(graph, visible);
  const bringingEdge = createBringingEdges(graph, identity, justified && numbersOf(graph, justified, permission));
  return paths.map((path) => ({ ...writeJudged(writer, path, judge(path)), ...bringingEdge(path) }));
}

/** Permissions that are gone by now justify nothing. */
function numbersOf({ permissions }: AccessGraph, ids: readonly NodeId[], asked: number): readonly number[] {
  return ids.map((id) => permissions.find(id)).filter((number) => number !== none && number !== asked);
}

function completenessOf(cuts: readonly Cut[], unseen: readonly IncompleteReason[]): Completeness {
  const reasons = [...new Set([...cuts.map(({ reason }) => reason), ...unseen])];
  const limit = cuts.map((cut) => cut.limit).join(', ');
  return { complete: reasons.length === 0, reasons, ...(limit && { limit }) };
}
