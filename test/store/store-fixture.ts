import type { Commit, GraphChange, StoredCommit } from '../../src/graph/change.js';
import type { EdgeVersion } from '../../src/graph/edge.js';
import { asCommitId, type Revision } from '../../src/graph/ids.js';
import type { NodeVersion } from '../../src/graph/node.js';
import type { createManualClock } from '../../src/kernel/clock.js';
import { GraphError } from '../../src/kernel/errors.js';
import type { CommitReceipt, GraphStore, Head, ReadScope, SnapshotBatch } from '../../src/store/graph-store.js';
import type { SideStore } from '../../src/store/side-store.js';
import {
  account,
  application,
  assigned,
  contains,
  grants,
  group,
  id,
  memberOf,
  permission,
  put,
  resource,
  role,
  source,
  tenant,
} from '../graph/small-estate.js';

/** An empty store of its own, and what stops and removes it. */
export interface StoreFixture {
  readonly graph: GraphStore;
  readonly side: SideStore;
  readonly clock: ReturnType<typeof createManualClock>;
  remove(): Promise<void>;
}
export type OpenStore = () => Promise<StoreFixture>;

/** Where the clock of a fixture stands at first. */
export const start = 1_800_000_000_000;

export function commitOf(name: string, ...changes: readonly GraphChange[]): Commit {
  return { id: asCommitId(name), meta: { actor: 'suite' }, changes };
}

export function write(graph: GraphStore, name: string, ...changes: readonly GraphChange[]): Promise<CommitReceipt> {
  return graph.commit(commitOf(name, ...changes));
}

export const ofSource = (name: string): ReadScope => ({ kind: 'source', source: id(name) });
export const ofTenants = (...names: readonly string[]): ReadScope => ({ kind: 'tenants', tenants: names.map(id) });

/** The code that a promise is refused with, or `'none'`. Anything but a `GraphError` is thrown on. */
export async function refusalOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    if (error instanceof GraphError) return error.code;
    throw error;
  }
}

/** The whole snapshot, as one value. */
export async function wholeSnapshot(graph: Pick<GraphStore, 'snapshot'>, revision?: Revision) {
  const [nodes, edges]: [NodeVersion[], EdgeVersion[]] = [[], []];
  let head: Omit<Head, 'horizon'> | undefined;
  for await (const batch of graph.snapshot(revision)) collect(batch);
  return { nodes, edges, head };

  function collect(batch: SnapshotBatch): void {
    if (batch.kind === 'nodes') nodes.push(...batch.nodes);
    else if (batch.kind === 'edges') edges.push(...batch.edges);
    else head = batch.head;
  }
}

export async function wholeLog(graph: GraphStore, after: Revision = 0): Promise<readonly StoredCommit[]> {
  const log: StoredCommit[] = [];
  for (let revision = after; ; ) {
    const commits = await graph.commitsAfter(revision);
    if (commits.length === 0) return log;
    log.push(...commits);
    revision = commits.at(-1)!.revision;
  }
}

/**
 * Two tenants, a source of each with accounts and groups, and an application that both use:
 * ann and bob of acme in build, build in eng; eng has the role deployer at crm:prod, which grants deploy; zoe of globex in ops.
 */
export const twoTenants: readonly GraphChange[] = [
  put(tenant('acme')),
  put(tenant('globex')),
  put(source('entra')),
  put(source('okta', { tenant: id('globex') })),
  put(account('ann', { displayName: 'Ann', emails: ['ann@acme.test', 'a@acme.test'] })),
  put(account('bob', { displayName: 'Bob', active: false })),
  put(account('zoe', { tenant: id('globex'), source: id('okta') })),
  put(group('build')),
  put(group('eng')),
  put(group('ops', { tenant: id('globex'), source: id('okta') })),
  put(application('crm')),
  put(resource('crm', '/')),
  put(resource('crm', '/prod')),
  put(role('deployer')),
  put(role('acme-only', { tenant: id('acme') })),
  put(permission('deploy')),
  memberOf('ann', 'build'),
  memberOf('bob', 'build'),
  memberOf('build', 'eng'),
  memberOf('zoe', 'ops', { source: 'okta' }),
  assigned('eng', 'deployer', 'crm:prod', { source: 'catalogue' }),
  grants('deployer', 'deploy'),
  contains('crm:', 'crm:prod'),
];
