import type { PlatformFormat } from '../catalog/importers/classification.js';
import { readPlatformFiles } from '../catalog/importers/importers.js';
import type { PlatformFile, RowBook } from '../catalog/importers/platform-import.js';
import { snapshotIdOf, snapshotLinesOf } from '../catalog/importers/row-book.js';
import { createSnapshotReader } from '../catalog/snapshot-reader.js';
import type { NodeId } from '../graph/ids.js';
import type { SourceNode } from '../graph/node.js';
import { GraphError, type Issue } from '../kernel/errors.js';
import { systemScope } from '../store/graph-store.js';
import { type CatalogueReport, importCatalogue } from './import-catalogue.js';
import {
  findHeldSnapshot,
  type ImportSnapshotDependencies,
  importSnapshot,
  type SnapshotReport,
} from './import-snapshot.js';
import { openNodes } from './store-pages.js';
import type { CatalogueProgress } from './write-catalogue.js';
import type { SnapshotProgress } from './write-snapshot.js';

export interface PlatformImportRequest {
  readonly format: PlatformFormat;
  /** Slug; the first import makes the application. */
  readonly application: string;
  /** Where accounts, groups and assignments go; absent: only roles and permissions are imported. */
  readonly source?: NodeId;
  /** When the platform was read, RFC 3339; absent: now. */
  readonly takenAt?: string;
  /** Milliseconds. */
  readonly now: number;
  /** All files of the import: what they leave out is taken back. */
  readonly files: AsyncIterable<PlatformFile>;
  readonly actor: string;
  readonly requestId?: string;
  readonly onProgress?: (progress: CatalogueProgress | SnapshotProgress) => void;
}

export interface PlatformReport {
  readonly catalogue: CatalogueReport;
  /** Absent: the files name no principal, or no source was named. */
  readonly snapshot?: SnapshotReport;
  /** What of the files could not be said exactly, is left out, or was not classified, each with its place. */
  readonly notes: readonly Issue[];
}

/**
 * Reads a platform's own files and imports what they say as a catalogue and a snapshot, which see to parts and
 * differences. Everything is read and checked before anything is written; the snapshot follows the catalogue, so that one
 * older than what is held is refused when the roles are written already.
 * @throws GraphError INVALID with every fault; and what imports of a catalogue and of a snapshot throw
 */
export async function importPlatform(
  dependencies: ImportSnapshotDependencies,
  request: PlatformImportRequest,
): Promise<PlatformReport> {
  const { source, application, actor, requestId, onProgress } = request;
  const target = source === undefined ? undefined : await getSourceOf(dependencies, source, application);
  const { catalogue, places, rows, notes } = await readPlatformFiles(request.format, application, request.files);
  if (target?.nesting === 'DIRECT' && rows !== undefined) refuseNested(target, rows);
  const meta = { actor, ...(requestId !== undefined && { requestId }), ...(onProgress && { onProgress }) };
  const takenAt = request.takenAt ?? (await takenNow(dependencies, { source, rows, now: request.now }));
  if (source !== undefined && rows !== undefined) refuseFaulty(rows, takenAt);
  const text = JSON.stringify(catalogue);
  const written = await importCatalogue(dependencies, { ...meta, text, application });
  const placeOf = (at: number) => places.get(catalogue.roles[at]?.name ?? '');
  const catalogued = { ...written, warnings: written.warnings.map((issue) => placed(issue, placeOf)) };
  if (rows === undefined || source === undefined) return { catalogue: catalogued, notes: [...leftOut(rows), ...notes] };
  const lines = () => linesOf(rows, takenAt);
  const snapshot = await importSnapshot(dependencies, { ...meta, source, lines });
  return { catalogue: catalogued, snapshot, notes };
}

/** At what became the role, where the pointer is into a role of the catalogue that nobody sent. */
function placed(issue: Issue, placeOf: (role: number) => string | undefined): Issue {
  const [, role] = /^\/roles\/(\d+)(?:\/|$)/.exec(issue.pointer) ?? [];
  const place = role === undefined ? undefined : placeOf(Number(role));
  return place === undefined ? issue : { ...issue, pointer: place };
}

/** @throws GraphError INVALID where it speaks of another application */
async function getSourceOf(
  { store }: Pick<ImportSnapshotDependencies, 'store'>,
  id: NodeId,
  slug: string,
): Promise<SourceNode> {
  const source = (await openNodes(store, systemScope, [id])).get(id)?.node;
  const ofApplication = source?.kind === 'Source' ? source.application : undefined;
  const application = ofApplication && (await openNodes(store, systemScope, [ofApplication])).get(ofApplication)?.node;
  if (application?.kind === 'Application' && application.slug === slug) return source as SourceNode;
  throw new GraphError('INVALID', `the source is none of the application \`${slug}\`; name one that is`, {
    argument: 'source',
  });
}

/** What was taken so short ago, and is the same, need not be recorded anew. */
const sameSnapshotMs = 60 * 60 * 1000;

/** RFC 3339. Now; for what is held already since less than an hour, when that was. */
async function takenNow(
  { store }: Pick<ImportSnapshotDependencies, 'store'>,
  { source, rows, now }: { source: NodeId | undefined; rows: RowBook | undefined; now: number },
): Promise<string> {
  const held = source === undefined ? undefined : await findHeldSnapshot(store, source);
  const isSame = held !== undefined && rows !== undefined && held.id === snapshotIdOf(rows);
  const isRecent = held !== undefined && Math.abs(now - Date.parse(held.takenAt)) < sameSnapshotMs;
  return isSame && isRecent ? held.takenAt : new Date(now).toISOString();
}

/** Before the catalogue is written, so that a fault of the snapshot leaves nothing half done. @throws GraphError INVALID */
function refuseFaulty(rows: RowBook, takenAt: string): void {
  const reader = createSnapshotReader();
  for (const line of snapshotLinesOf(rows, takenAt)) reader.read(line);
  const { issues } = reader.end();
  if (issues.length === 0) return;
  throw new GraphError('INVALID', `what the files say has ${issues.length} faults as a snapshot; see each one's line`, {
    issues,
  });
}

/** A platform whose groups pass on what they have means nothing at a source where they do not. @throws GraphError INVALID */
function refuseNested({ slug }: SourceNode, rows: RowBook): void {
  const groups = new Set([...rows.rowsOf('group')].map(({ externalId }) => externalId));
  const nests = [...rows.rowsOf('membership')].some(({ member }) => groups.has(member.externalId ?? ''));
  if (!nests) return;
  const message = `groups are members of groups here, and \`${slug}\` does not nest; make a source with nesting TRANSITIVE`;
  throw new GraphError('INVALID', message, { argument: 'source' });
}

function leftOut(rows: RowBook | undefined): readonly Issue[] {
  if (rows === undefined) return [];
  return [
    {
      pointer: '',
      code: 'NO_SOURCE',
      message: `${rows.size} accounts, groups, resources, memberships and assignments were not imported`,
      hint: 'create a source of the application, install the application in its tenant, and name the source',
    },
  ];
}

async function* linesOf(rows: RowBook, takenAt: string): AsyncGenerator<string> {
  yield* snapshotLinesOf(rows, takenAt);
}
