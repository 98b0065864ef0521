import type { InheritancePath, PathsQuestion, WhyNotQuestion } from '../../../src/access/access-engine.js';
import type { AccessGraph } from '../../../src/access/index/access-graph.js';
import {
  type ListingLimits,
  listInheritancePaths,
  listingLimits,
  type PathListing,
} from '../../../src/access/index/inheritance-paths.js';
import { loadGraph } from '../../../src/access/index/load-graph.js';
import { explainDecision } from '../../../src/access/index/why-not.js';
import type { NodeId } from '../../../src/graph/ids.js';
import { idOfName, nameOfId } from '../../estate/estate-names.js';
import { estateChanges } from '../../estate/estate-text.js';
import { createMemoryLog, type MemoryLog } from '../../estate/memory-log.js';
import { createOracle, type Oracle } from '../../oracle/oracle.js';

/** An estate in words, as the index holds it at an instant, beside the oracle for it. */
export interface PathEstate {
  readonly graph: AccessGraph;
  readonly oracle: Oracle;
  readonly log: MemoryLog;
  paths(question: AskedPaths, position?: number, limits?: Partial<ListingLimits>): PathListing;
  whyNot(identity: string, permission: string, resource: string): ReturnType<typeof explainDecision>;
}
/** Names in place of ids; `first` is 100 where absent. */
export interface AskedPaths extends Omit<Partial<PathsQuestion>, 'via' | 'avoid' | 'justified' | 'visible'> {
  readonly from: string;
  readonly to: string;
  readonly on?: string;
  readonly via?: readonly string[];
  readonly avoid?: readonly string[];
  readonly justified?: readonly string[];
  readonly visible?: readonly string[];
}

export async function pathEstate(text: string, at = 1_000): Promise<PathEstate> {
  const log = createMemoryLog(estateChanges(text));
  const { graph, head } = await loadGraph(log.snapshot());
  graph.moveTo(at);
  return {
    graph,
    log,
    oracle: createOracle(log.rows(), head.revision, at),
    paths: (asked, position, limits) =>
      listInheritancePaths(graph, pathsQuestion(asked), position, { ...listingLimits, ...limits }),
    whyNot: (identity, permission, resource) => explainDecision(graph, whyNotQuestion(identity, permission, resource)),
  };
}

export function pathsQuestion({ from, to, on, via, avoid, justified, visible, ...rest }: AskedPaths): PathsQuestion {
  return {
    first: 100,
    ...rest,
    identity: idOfName(from),
    permission: idOfName(to),
    ...(on !== undefined && { resource: idOfName(on) }),
    ...(via && { via: via.map(idOfName) }),
    ...(avoid && { avoid: avoid.map(idOfName) }),
    ...(justified && { justified: justified.map(idOfName) }),
    ...(visible && { visible: visible.map(idOfName) }),
  };
}

export function whyNotQuestion(identity: string, permission: string, resource: string): WhyNotQuestion {
  return { identity: idOfName(identity), permission: idOfName(permission), resource: idOfName(resource) };
}

/** `svc:ci svc:ci.idp group:build role:deployer perm:deploy @ /prod`; a stand-in by its own id. */
export function wordsOf({ hops, scope }: Pick<InheritancePath, 'hops' | 'scope'>): string {
  const names = hops.map(({ to }) => nameOf(to));
  return [...(hops[0] ? [nameOf(hops[0].from)] : []), ...names, '@', nameOf(scope)].join(' ');
}

export const nameOf = (node: { readonly id: string }) => nameOfId(node.id as NodeId);
