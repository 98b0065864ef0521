import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { GraphError, type Issue } from '../../kernel/errors.js';
import type { catalogueSchema } from '../catalogue-schema.js';
import { firstIssues, issuesOf, pointerOf } from '../document-issues.js';
import type { SNAPSHOT_LINES, SnapshotRow } from '../snapshot-schema.js';
import type { Classification } from './classification.js';

/** A file as the platform's own tools write it. */
export interface PlatformFile {
  /** Only shown; what a file is shows in what it says. */
  readonly name: string;
  /** Its text from the first on, to be read once; a byte order mark may come before it. */
  readonly pieces: AsyncIterable<string>;
}

/** What files of a platform say, in the formats that identity-graph reads. */
export interface PlatformImport {
  readonly catalogue: CatalogueDraft;
  /** Where what became a role stands, by the role's name: `roles.json#/3`. */
  readonly places: ReadonlyMap<string, string>;
  /** Absent: the files name no principal. */
  readonly rows?: RowBook;
  /** What the model cannot say exactly and how it was said instead, what is left out, and what nobody classified. */
  readonly notes: readonly Issue[];
}

/** Rows of a snapshot as they come up, without header and trailer; the same row twice is one. */
export interface RowBook {
  add(row: RowDraft): void;
  readonly size: number;
  /** Of that kind, as they came. */
  rowsOf<Kind extends RowDraft['kind']>(kind: Kind): Iterable<RowDraftOf<Kind>>;
  /** Each as a line of JSON, in the order of their kinds. */
  lines(): Iterable<string>;
}

/** Reads files of one platform one after another, all of one import, in any order. */
export interface PlatformImporter {
  /** @throws GraphError INVALID: it is no file of the platform, or says what may not be left out */
  add(file: PlatformFile): Promise<void>;
  /** After the last file. @throws GraphError INVALID where the files do not suffice */
  finish(setting: PlatformSetting): PlatformImport;
}

export interface PlatformSetting {
  /** The slug of the application that the catalogue describes. */
  readonly application: string;
  readonly classification: Classification;
}

/** A catalogue, less the defaults that its parser adds. */
export type CatalogueDraft = z.input<typeof catalogueSchema>;
export type PermissionDraft = CatalogueDraft['permissions'][number];
export type RoleDraft = CatalogueDraft['roles'][number];
export type StatementDraft = NonNullable<RoleDraft['statements']>[number];
export type RowDraft = { [Kind in SnapshotRow['kind']]: z.input<(typeof SNAPSHOT_LINES)[Kind]> }[SnapshotRow['kind']];
export type RowDraftOf<Kind extends RowDraft['kind']> = Extract<RowDraft, { readonly kind: Kind }>;

/** Where something stands: `policies.json#/Policies/3` (a JSON Pointer behind the file's name). */
export function placeOf(file: string, path: readonly PropertyKey[]): string {
  return `${file}#${pointerOf(path)}`;
}

/** @throws GraphError INVALID with every fault, each at its place in the file */
export function parseAs<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  file: string,
  path: readonly PropertyKey[] = [],
): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const issues = issuesOf(result.error).map((issue) => ({ ...issue, pointer: placeOf(file, path) + issue.pointer }));
  throw refused(issues);
}

/** Nothing is imported. */
export function refused(issues: readonly Issue[]): GraphError {
  const [first] = issues;
  const what = first === undefined ? 'cannot be read' : `${first.pointer}: ${first.message}`;
  return new GraphError('INVALID', `the import has ${issues.length} faults; the first: ${what}`, {
    issues: firstIssues(issues),
  });
}

/** One fault that refuses the import. */
export function refusal(pointer: string, code: string, message: string, hint: string): GraphError {
  return refused([{ pointer, code, message, hint }]);
}

/** What an importer found, as a catalogue; whatever else it says is the same for all. */
export function catalogueOf(
  { application }: Pick<PlatformSetting, 'application'>,
  content: Pick<CatalogueDraft, 'name' | 'caseSensitiveActions' | 'permissions' | 'roles'>,
): CatalogueDraft {
  const version = versionOf([content.permissions, content.roles]);
  return { apiVersion: 'idgraph/v1', kind: 'Catalogue', application, version, ...content };
}

/** The version of a catalogue whose documents have none: the same for the same content. */
export function versionOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
}
