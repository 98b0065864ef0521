import type { AccessEngine, AsOf, Completeness } from '../access/access-engine.js';
import type { Finding } from '../governance/finding.js';
import type { NodeId, Revision } from '../graph/ids.js';
import type { IdentityNode } from '../graph/node.js';
import type { Clock, Instant } from '../kernel/clock.js';
import { isGraphError } from '../kernel/errors.js';
import { type GraphStore, maxIdsPerCall, systemScope } from '../store/graph-store.js';
import type { SideStore } from '../store/side-store.js';
import { createExaminer, type ExamineDependencies, type Examined, type ExamineIdentity } from './examine-identity.js';
import { type FindingBook, openFindingBook } from './finding-book.js';
import { gatherAnswers } from './gather-answers.js';
import { fieldIs, fieldIsAny } from './list-nodes.js';
import { allNodes, openNodes } from './store-pages.js';
import { findTouched, type Touched } from './touched-identities.js';
import { createTurns } from './turns.js';

export interface WatchDependencies {
  readonly store: ExamineDependencies['store'] & Pick<GraphStore, 'list' | 'commitsAfter'>;
  readonly engine: ExamineDependencies['engine'] &
    Pick<AccessEngine, 'identitiesBefore' | 'changedByTime' | 'revision'>;
  readonly side: Pick<SideStore, 'findings' | 'putFindings'>;
  readonly clock: Clock;
}
/** What all rules find about all identities that are no persons, at one revision and instant. */
export interface Scan {
  readonly asOf: AsOf;
  readonly completeness: Completeness;
  /** Open and resolved, by fingerprint. */
  readonly findings: ReadonlyMap<string, Finding>;
}
/** Keeps what was found, and looks again only at those whom something concerns that has changed since. */
export interface EstateWatch {
  /** At the newest revision. One at a time. */
  look(): Promise<Scan>;
  /** How far the look that is under way has come, or the last one, in identities. */
  progress(): { readonly lookedAt: number; readonly all: number };
}

/** What is known of the estate: of who is not to be looked at again it holds at `revision`. */
interface Known {
  readonly book: FindingBook;
  readonly examined: Map<NodeId, Omit<Examined, 'findings'>>;
  /** By node, whose facts about owners depend on it. */
  readonly owned: Map<NodeId, Set<NodeId>>;
  revision: Revision;
  /** The instant of the last look. */
  at: Instant;
}

/** So few identities are looked at as of one revision, whatever is committed meanwhile. */
const fewIdentities = 200;
/** What is committed while many are looked at is made up for so many times, before it is left for the next look. */
const mostPasses = 5;

export function createEstateWatch(dependencies: WatchDependencies): EstateWatch {
  const { store, engine, side, clock } = dependencies;
  let known: Known | undefined;
  let progress = { lookedAt: 0, all: 0 };

  return {
    progress: () => progress,
    async look() {
      const at = clock.now();
      known ??= await begin();
      for (let pass = 1; ; pass++) {
        const revision = engine.revision();
        const concerned = await findConcerned(known, revision, at);
        const isLast = pass === mostPasses || concerned.size <= fewIdentities;
        await examineAll(known, concerned, isLast ? { revision, at } : { at });
        known.revision = revision;
        if (!isLast) continue;
        known.at = at;
        return { ...wholeOf(known, { revision, at }), findings: await known.book.save() };
      }
    },
  };

  async function begin(): Promise<Known> {
    const book = await openFindingBook(side);
    return { book, examined: new Map(), owned: new Map(), revision: 0, at: 0 };
  }

  async function findConcerned(known: Known, revision: Revision, at: Instant): Promise<ReadonlySet<NodeId>> {
    const range = { after: known.revision, upTo: revision, at };
    const touched = known.examined.size === 0 ? undefined : await findTouched({ store, engine }, range);
    if (touched === undefined) return everybody(known);
    const concerned = concernedBy(known, touched);
    for (const id of await findChangedByTime(known, { revision, at })) concerned.add(id);
    return concerned;
  }

  /** Where the engine knows who they are, `until` of all others is put off. */
  async function findChangedByTime(
    { examined, at: since }: Known,
    pair: { readonly revision: Revision; readonly at: Instant },
  ): Promise<ReadonlySet<NodeId>> {
    const ended = new Set<NodeId>();
    for (const [id, { until }] of examined) if (until !== undefined && until <= pair.at) ended.add(id);
    if (ended.size === 0) return ended;
    const { nodes, asOf } = await engine.changedByTime({ since, ...pair });
    if (nodes === undefined) return ended;
    const { identities } = await engine.identitiesBefore({ nodes, ...pair });
    const changed = new Set(identities);
    for (const id of ended) {
      const { until: _, ...rest } = examined.get(id)!;
      if (!changed.has(id)) examined.set(id, { ...rest, ...(asOf.until !== undefined && { until: asOf.until }) });
    }
    return changed;
  }

  async function everybody({ examined, book }: Known): Promise<ReadonlySet<NodeId>> {
    const ids = new Set([...examined.keys(), ...book.identities()]);
    const turn = createTurns(clock);
    for await (const { node } of listNonHuman(store)) {
      ids.add(node.id);
      await turn();
    }
    return ids;
  }

  /** In turns with whatever else this process has to do. */
  async function examineAll(
    known: Known,
    ids: ReadonlySet<NodeId>,
    pair: { readonly revision?: Revision; readonly at: Instant },
  ): Promise<void> {
    const examine = createExaminer(dependencies, pair);
    const turn = createTurns(clock);
    const waiting = [...ids];
    progress = { lookedAt: 0, all: ids.size };
    for (let from = 0; from < waiting.length; from += maxIdsPerCall) {
      const part = waiting.slice(from, from + maxIdsPerCall);
      const open = await openNodes(store, systemScope, part);
      for (const id of part) {
        await turn();
        progress.lookedAt++;
        const node = open.get(id)?.node;
        const isExamined = node?.kind === 'Identity' && node.type !== 'HUMAN' && node.joinedTo === undefined;
        enter(known, id, isExamined ? await examineIfThere(examine, node) : undefined, pair.at);
      }
    }
  }
}

function enter({ book, examined, owned }: Known, id: NodeId, found: Examined | undefined, at: Instant): void {
  for (const node of examined.get(id)?.ownership ?? []) {
    owned.get(node)?.delete(id);
    if (owned.get(node)?.size === 0) owned.delete(node);
  }
  examined.delete(id);
  book.enter(id, found?.findings ?? [], at);
  if (found === undefined) return;
  const { findings: _, ...rest } = found;
  examined.set(id, rest);
  for (const node of rest.ownership) {
    const dependent = owned.get(node) ?? new Set();
    owned.set(node, dependent.add(id));
  }
}

function concernedBy({ owned }: Known, touched: Touched): Set<NodeId> {
  const ids = new Set(touched.identities);
  for (const node of touched.nodes) for (const id of owned.get(node) ?? []) ids.add(id);
  return ids;
}

/** One that the graph has no longer, or has not yet at that revision, is looked at when that is known. */
async function examineIfThere(examine: ExamineIdentity, identity: IdentityNode): Promise<Examined | undefined> {
  try {
    return await examine(identity);
  } catch (error) {
    if (isGraphError(error, 'NOT_FOUND')) return undefined;
    throw error;
  }
}

function wholeOf({ examined }: Known, asOf: AsOf): Pick<Scan, 'asOf' | 'completeness'> {
  const whole = gatherAnswers();
  for (const each of examined.values()) whole.add(each);
  const { until, completeness } = whole.result();
  return { asOf: { ...asOf, ...(until !== undefined && { until }) }, completeness };
}

function listNonHuman(store: Pick<GraphStore, 'list'>) {
  const types = fieldIsAny('Identity', 'type', ['SERVICE_ACCOUNT', 'WORKLOAD', 'AI_AGENT']);
  const where = { kind: 'and', of: [fieldIs('Identity', 'joinedTo', '-'), ...types] } as const;
  return allNodes(store, systemScope, { kind: 'Identity', where });
}
