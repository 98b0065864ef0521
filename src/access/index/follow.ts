import type { StoredCommit } from '../../graph/change.js';
import type { Revision } from '../../graph/ids.js';
import { GraphError, isGraphError } from '../../kernel/errors.js';
import type { GraphStore } from '../../store/graph-store.js';
import type { AccessGraph } from './access-graph.js';
import { loadGraph } from './load-graph.js';

/** What the index reads of the store. */
export type FollowedLog = Pick<GraphStore, 'head' | 'snapshot' | 'commitsAfter' | 'revisionAt'>;

/** Further behind than this many changes, a snapshot is quicker. */
export const maxChangesFollowed = 200_000;
/** Changes of the newest commits that are kept so that a question can step back over them. */
export const keptChanges = 20_000;
const firstBackoffMs = 100;
const longestBackoffMs = 30_000;

/** The graph at the newest revision applied. */
export interface Followed {
  readonly storeId: string;
  readonly graph: AccessGraph;
  readonly revision: Revision;
  /** The newest commits, oldest first. */
  readonly recent: readonly StoredCommit[];
}
export interface FollowerStatus {
  readonly revision: Revision;
  /** A revision that could not be applied or loaded, and how often that was tried; absent: all is well. */
  readonly failing?: { readonly revision: Revision; readonly failures: number; readonly message: string };
}
export interface Follower {
  /** Waits for the first build. @throws GraphError UNAVAILABLE while it is built again after a failure, and after `close` */
  current(): Promise<Followed>;
  /** 0 while there is none. */
  revision(): Revision;
  /** @throws GraphError INVALID beyond the head, UNAVAILABLE */
  catchUp(revision: Revision): Promise<void>;
  /** Takes a commit that is exactly next, else leaves it to be read from the log. */
  offer(stored: StoredCommit): void;
  /** Drops the graph, which a failed change left useless, and builds it again. */
  fail(revision: Revision, error: unknown): void;
  status(): FollowerStatus;
  close(): void;
}

interface Built extends Followed {
  revision: Revision;
  recent: StoredCommit[];
  /** In `recent`. */
  changes: number;
}

/** Follows the log: a commit is applied whole or the graph is dropped. Nothing is answered from a part. */
export function createFollower(log: FollowedLog): Follower {
  let built: Built | undefined;
  let building: Promise<Built> | undefined;
  let run: Promise<void> | undefined;
  let failing: FollowerStatus['failing'];
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  return {
    current,
    revision: () => built?.revision ?? 0,
    async catchUp(revision) {
      await current();
      if (!Number.isInteger(revision) || revision < 0) throw beyondHead(revision);
      for (let tries = 0; (built?.revision ?? 0) < revision; tries++) {
        if (tries > 0 && (await log.head()).revision < revision) throw beyondHead(revision);
        await oneRun();
      }
    },
    offer(stored) {
      if (built && stored.revision === built.revision + 1) applyCommits(built, [stored]);
    },
    fail: drop,
    status: () => ({ revision: built?.revision ?? 0, ...(failing && { failing }) }),
    close() {
      closed = true;
      built = undefined;
      clearTimeout(retry);
    },
  };

  /** Whoever wants to catch up while a run is under way shares it. */
  function oneRun(): Promise<void> {
    run ??= follow().finally(() => {
      run = undefined;
    });
    return run;
  }

  async function current(): Promise<Built> {
    if (closed) throw unavailable('the access index is closed');
    if (built) return built;
    if (failing) throw unavailable('the access index is being built again');
    return build();
  }

  function build(): Promise<Built> {
    building ??= load().finally(() => {
      building = undefined;
    });
    return building;
  }

  async function load(): Promise<Built> {
    try {
      const { graph, head } = await loadGraph(log.snapshot());
      const { storeId, revision } = head;
      if (failing && failing.revision <= revision) failing = undefined;
      built = { graph, storeId, revision, recent: [], changes: 0 };
      return built;
    } catch (error) {
      // A store that is away says nothing about a revision: whoever asks next has it built.
      if (isGraphError(error, 'UNAVAILABLE')) {
        if (failing) buildLater(failing.failures);
        throw error;
      }
      drop((await revisionOfHead()) ?? 0, error);
      throw isGraphError(error) ? error : unavailable('the access index could not be built', error);
    }
  }

  /** One pass from where the graph is to the head. */
  async function follow(): Promise<void> {
    const head = await log.head();
    const target = built ?? (await build());
    if (target.storeId !== head.storeId || head.revision - target.revision > maxChangesFollowed) return rebuild();
    for (let changes = 0; target === built && target.revision < head.revision; ) {
      const commits = await nextCommits(target.revision);
      if (commits === undefined || changes > maxChangesFollowed) return rebuild();
      if (commits.length === 0) return;
      for (const commit of commits) changes += commit.effects.length;
      applyCommits(target, commits);
    }
  }

  async function rebuild(): Promise<void> {
    built = undefined;
    await build();
  }

  /** Undefined: retention has taken them. */
  async function nextCommits(revision: Revision): Promise<readonly StoredCommit[] | undefined> {
    try {
      return await log.commitsAfter(revision);
    } catch (error) {
      if (isGraphError(error, 'GONE')) return undefined;
      throw error;
    }
  }

  /** Skips what was handed over while the log was read. */
  function applyCommits(target: Built, commits: readonly StoredCommit[]): void {
    for (const commit of commits) {
      if (target !== built || commit.revision !== target.revision + 1) continue;
      try {
        target.graph.apply(commit.effects);
      } catch (error) {
        drop(commit.revision, error);
        throw unavailable('a commit could not be applied to the access index', error);
      }
      target.revision = commit.revision;
      keep(target, commit);
      if (failing && failing.revision <= commit.revision) failing = undefined;
    }
  }

  function drop(revision: Revision, error: unknown): void {
    built = undefined;
    const failures = failing?.revision === revision ? failing.failures + 1 : 1;
    failing = { revision, failures, message: error instanceof Error ? error.message : String(error) };
    buildLater(failures);
  }

  function buildLater(failures: number): void {
    clearTimeout(retry);
    if (closed) return;
    const backoff = Math.min(firstBackoffMs * 2 ** (failures - 1), longestBackoffMs);
    retry = setTimeout(() => void build().catch(() => {}), backoff);
    retry.unref();
  }

  async function revisionOfHead(): Promise<Revision | undefined> {
    try {
      return (await log.head()).revision;
    } catch {
      return undefined;
    }
  }
}

function keep(target: Built, commit: StoredCommit): void {
  target.recent.push(commit);
  target.changes += commit.effects.length;
  while (target.changes > keptChanges) target.changes -= target.recent.shift()!.effects.length;
}

const unavailable = (message: string, cause?: unknown) =>
  new GraphError('UNAVAILABLE', `${message}; try again later`, {}, cause === undefined ? undefined : { cause });

const beyondHead = (revision: Revision) =>
  new GraphError('INVALID', `revision \`${revision}\` is beyond the newest; ask for one that was committed`);
