import { type ChangeCounts, edgeDifference, noChange, nodesPut, sumCounts } from '../catalog/graph-diff.js';
import { pathsTo, resourceTree } from '../catalog/resource-tree.js';
import { factsOf } from '../catalog/snapshot-facts.js';
import { accountNode, groupNode } from '../catalog/snapshot-nodes.js';
import { createSnapshotReader } from '../catalog/snapshot-reader.js';
import type { SnapshotRow } from '../catalog/snapshot-schema.js';
import { type ContainsEdge, edgeIdOf } from '../graph/edge.js';
import { asStatementSource, type NodeId, resourceIdOf } from '../graph/ids.js';
import type { AccountNode, GroupNode, ResourceNode } from '../graph/node.js';
import { type GraphStore, systemScope } from '../store/graph-store.js';
import type { ImportParts } from './import-parts.js';
import { openNodes } from './store-pages.js';
import type { SnapshotSurvey } from './survey-snapshot.js';
import { containsStatedBy } from './write-resources.js';

/** How many rows are held and looked up together. */
const batchSize = 500;

export interface SnapshotWriting {
  readonly store: Pick<GraphStore, 'list' | 'nodesByIds' | 'edgesOf'>;
  readonly parts: ImportParts;
  readonly survey: SnapshotSurvey;
}

export interface SnapshotProgress {
  readonly rowsDone: number;
  readonly rows: number;
}

/** Puts the resources that the snapshot lists or speaks of. Answers also what it says of no resource any more. */
export async function writeSnapshotResources({
  store,
  parts,
  survey,
}: SnapshotWriting): Promise<{ readonly counts: ChangeCounts; readonly gone: readonly ContainsEdge[] }> {
  const { source, application } = survey.setting;
  const stated = { source: asStatementSource(source.id), statedBy: 'SNAPSHOT' } as const;
  const ids = [...survey.paths].flatMap(pathsTo).map((path) => resourceIdOf(application, source.tenant, path));
  const open = await openNodes(store, systemScope, [...new Set(ids)]);
  const held = new Map([...open].map(([id, { node }]) => [id, node as ResourceNode]));
  const heldContains = await containsStatedBy(store, stated.source, application, source.tenant);

  const place = { application, tenant: source.tenant, ...stated, held };
  const tree = resourceTree(survey.resources, place, survey.paths);
  const nodes = nodesPut(tree.nodes, held);
  const contains = edgeDifference(tree.contains, heldContains);
  await parts.add(nodes.changes);
  await parts.add(contains.changes.filter((change) => change.kind === 'putEdge'));
  const kept = new Set(tree.contains.map(edgeIdOf));
  return { counts: nodes.counts, gone: heldContains.filter((edge) => !kept.has(edgeIdOf(edge))) };
}

export interface SnapshotRows {
  /** Statements that need not be written. */
  readonly held: ReadonlySet<string>;
  readonly lines: AsyncIterable<string>;
  readonly onProgress?: (progress: SnapshotProgress) => void;
}

/** Puts accounts, groups and what joins them, in the order of the rows: what edges need comes before them. */
export async function writeSnapshotRows(
  { store, parts, survey }: SnapshotWriting,
  { held: statements, lines, onProgress }: SnapshotRows,
): Promise<{ readonly accounts: ChangeCounts; readonly groups: ChangeCounts }> {
  const reader = createSnapshotReader();
  const { counts } = survey.summary;
  const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
  let [accounts, groups] = [noChange, noChange];
  let batch: SnapshotRow[] = [];
  let rowsDone = 0;

  async function flush(): Promise<void> {
    const ids = batch.flatMap((row) =>
      row.kind === 'account' || row.kind === 'group' ? (survey.setting.own.get(row.externalId) ?? []) : [],
    );
    const open = await openNodes(store, systemScope, ids);
    const held = new Map([...open].map(([id, { node }]) => [id, node as AccountNode | GroupNode]));
    for (const row of batch) {
      const node = nodeOf(row, survey, held);
      const put = nodesPut(node ? [node] : [], held);
      if (row.kind === 'account') accounts = sumCounts(accounts, put.counts);
      else groups = sumCounts(groups, put.counts);
      const facts = factsOf(row, survey.setting).filter(({ statement }) => !statements.has(statement));
      await parts.add([...put.changes, ...facts.flatMap(({ change }) => change ?? [])]);
    }
    rowsDone += batch.length;
    batch = [];
    onProgress?.({ rowsDone, rows });
  }

  for await (const line of lines) {
    const row = reader.read(line);
    if (row) batch.push(row);
    if (batch.length >= batchSize) await flush();
  }
  await flush();
  return { accounts, groups };
}

function nodeOf(row: SnapshotRow, { setting }: SnapshotSurvey, held: ReadonlyMap<NodeId, AccountNode | GroupNode>) {
  if (row.kind !== 'account' && row.kind !== 'group') return undefined;
  const before = held.get(setting.own.get(row.externalId) as NodeId);
  return row.kind === 'account'
    ? accountNode(row, setting, before?.kind === 'Account' ? before : undefined)
    : groupNode(row, setting, before?.kind === 'Group' ? before : undefined);
}
