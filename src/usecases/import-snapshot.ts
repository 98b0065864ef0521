import type { ChangeCounts } from '../catalog/graph-diff.js';
import type { SnapshotCounts } from '../catalog/snapshot-schema.js';
import { asNodeId, hashOf, type NodeId, type Revision, resourceIdOf } from '../graph/ids.js';
import type { ApplicationNode, DocumentNode, NodeVersion, SourceNode } from '../graph/node.js';
import type { Instant } from '../kernel/clock.js';
import { GraphError, type Issue } from '../kernel/errors.js';
import { type GraphStore, systemScope } from '../store/graph-store.js';
import { type CommitPart, createImportParts } from './import-parts.js';
import { openNodes } from './store-pages.js';
import { type FindPrincipal, type SnapshotSurvey, surveySnapshot } from './survey-snapshot.js';
import { danglingOf, withdrawSnapshot } from './withdraw-snapshot.js';
import { closeResources } from './write-resources.js';
import { type SnapshotProgress, writeSnapshotResources, writeSnapshotRows } from './write-snapshot.js';

export interface ImportSnapshotDependencies {
  readonly store: Pick<GraphStore, 'find' | 'list' | 'nodesByIds' | 'edgesOf'>;
  readonly commit: CommitPart;
  readonly findPrincipal: FindPrincipal;
  /** Never the same twice. */
  readonly createId: () => string;
}

export interface SnapshotImport {
  readonly source: NodeId;
  /** The lines from the first on; asked for twice, so that nothing is written before all is read. */
  readonly lines: () => AsyncIterable<string>;
  readonly actor: string;
  readonly requestId?: string;
  readonly onProgress?: (progress: SnapshotProgress) => void;
  /** Nothing was taken much later than this; absent: any time is believed. */
  readonly now?: Instant;
}

export interface SnapshotReport {
  readonly source: NodeId;
  readonly importId: string;
  readonly snapshot: string;
  readonly takenAt: string;
  /** False: it has no trailer; what it lists was taken, and nothing was taken back. */
  readonly complete: boolean;
  readonly revision: Revision;
  /** How many commits it took; above 1 the application was `changing` meanwhile. */
  readonly parts: number;
  /** Lines by kind. */
  readonly lines: SnapshotCounts;
  readonly counts: { readonly [Kind in 'accounts' | 'groups' | 'resources']: ChangeCounts };
  readonly withdrawnFacts: number;
  /** References of this source's snapshots whose other end has not arrived, over all. */
  readonly dangling: number;
  readonly warnings: readonly Issue[];
}

/**
 * Makes what the source's snapshots state exactly what this one says: accounts, groups, memberships, resources,
 * assignments, rights to act. The same again has no effect. Without its trailer it only adds and changes.
 * @throws GraphError INVALID with the faults of every line, then nothing was written; VERSION_MISMATCH: a later one is held, or
 * another import is under way; NOT_FOUND; UNAVAILABLE
 */
export async function importSnapshot(
  dependencies: ImportSnapshotDependencies,
  request: SnapshotImport,
): Promise<SnapshotReport> {
  const { store } = dependencies;
  const { source, application } = await findPlace(store, request.source);
  const survey = await surveySnapshot(store, dependencies.findPrincipal, source, request.lines());
  const { summary } = survey;
  refuseFuture(summary.header.takenAt, request.now);
  await refuseOlder(store, source, summary.header.takenAt);

  const importId = dependencies.createId();
  const { changing: _, ...unmarked } = application.node;
  const parts = createImportParts({
    commit: (part) => dependencies.commit({ ...part, tenant: source.tenant }),
    meta: {
      actor: request.actor,
      source: source.id,
      cause: `snapshot ${source.slug} ${summary.header.id}`,
      importId,
      ...(request.requestId !== undefined && { requestId: request.requestId }),
    },
    subject: `snapshot:${source.id}`,
    application: unmarked,
    held: application,
  });

  const writing = { store, parts, survey };
  const withdrawn = await withdrawSnapshot(writing);
  const resources = await writeSnapshotResources(writing);
  const { onProgress } = request;
  const rows = { held: withdrawn.held, lines: request.lines(), ...(onProgress && { onProgress }) };
  const { accounts, groups } = await writeSnapshotRows(writing, rows);
  const removedResources = summary.complete ? await closeResources(store, parts, resources.gone) : 0;
  await parts.add([{ kind: 'putNode', node: documentNode(survey) }]);
  const finished = await parts.finish();
  return {
    source: source.id,
    importId,
    snapshot: summary.header.id,
    takenAt: summary.header.takenAt,
    complete: summary.complete,
    ...finished,
    lines: summary.counts,
    counts: {
      accounts: { ...accounts, removed: withdrawn.accounts },
      groups: { ...groups, removed: withdrawn.groups },
      resources: { ...resources.counts, removed: removedResources },
    },
    withdrawnFacts: withdrawn.facts,
    dangling: await countOf(danglingOf(store, source.id)),
    warnings: survey.warnings,
  };
}

/** @throws GraphError NOT_FOUND, INVALID where no application is installed that the source could speak of */
async function findPlace(store: Pick<GraphStore, 'nodesByIds'>, id: NodeId) {
  const source = (await openNodes(store, systemScope, [id])).get(id)?.node;
  if (source?.kind !== 'Source') throw new GraphError('NOT_FOUND', `there is no source \`${id}\`; create it first`);
  if (source.sourceKind !== 'APPLICATION' || source.application === undefined)
    throw new GraphError(
      'INVALID',
      `\`${source.slug}\` is the source of no application; send snapshots to one that is`,
    );
  const root = resourceIdOf(source.application, source.tenant, '/');
  const open = await openNodes(store, systemScope, [source.application, root]);
  const application = open.get(source.application);
  if (application?.node.kind !== 'Application' || !open.has(root))
    throw new GraphError(
      'INVALID',
      `the application of \`${source.slug}\` is not installed in its tenant; install it first`,
    );
  return {
    source: source as SourceNode & { readonly application: NodeId },
    application: application as NodeVersion<ApplicationNode>,
  };
}

const documentIdOf = (source: NodeId): NodeId => asNodeId(`doc.${hashOf('document', 'snapshot', source)}`);

function documentNode({ summary, setting }: SnapshotSurvey): DocumentNode {
  const { id, tenant } = setting.source;
  return {
    kind: 'Document',
    id: documentIdOf(id),
    documentKind: 'snapshot',
    tenant,
    subject: id,
    version: summary.header.id,
    text: summary.frame,
  };
}

/** How far another machine's clock may be ahead. */
const maxClockSkewMs = 3_600_000;

/** A time in the future would have every true snapshot refused until then. @throws GraphError INVALID */
function refuseFuture(takenAt: string, now: Instant = Infinity): void {
  if (Date.parse(takenAt) <= now + maxClockSkewMs) return;
  const pointer = '/1/takenAt';
  throw new GraphError('INVALID', 'the snapshot says that it was taken in the future; correct its `takenAt`', {
    issues: [
      { pointer, code: 'WRONG_VALUE', message: `is later than now: \`${takenAt}\``, hint: 'say when it was read' },
    ],
  });
}

/** Snapshots overtake one another on their way; the past must not come back. @throws GraphError VERSION_MISMATCH */
async function refuseOlder(store: Pick<GraphStore, 'nodesByIds'>, source: SourceNode, takenAt: string): Promise<void> {
  const held = await findHeldSnapshot(store, source.id);
  if (held !== undefined && Date.parse(takenAt) < Date.parse(held.takenAt))
    throw new GraphError('VERSION_MISMATCH', `a snapshot taken at ${held.takenAt} is held already; take a new one`);
}

/** The header of the last snapshot of the source; absent: there was none. */
export async function findHeldSnapshot(
  store: Pick<GraphStore, 'nodesByIds'>,
  source: NodeId,
): Promise<{ readonly id: string; readonly takenAt: string } | undefined> {
  const id = documentIdOf(source);
  const held = (await openNodes(store, systemScope, [id])).get(id)?.node;
  if (held?.kind !== 'Document') return undefined;
  const [header = ''] = held.text.split('\n');
  return JSON.parse(header);
}

async function countOf(items: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of items) count++;
  return count;
}
