import { readdir, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { GraphError } from '../kernel/errors.js';

/** What exports of platforms end with: licences and the like in a folder are none of them. */
const exported = /\.(json|jsonl|ndjson|ya?ml|tsv)$/i;

export interface ImportFiles {
  /** In the order of their names. */
  readonly files: readonly string[];
  /** Files of folders that end with nothing that is read, or are hidden. */
  readonly leftOut: readonly string[];
}

/** Each path itself, or where it is a folder, the files in it and in those below. @throws GraphError INVALID */
export async function findImportFiles(paths: readonly string[]): Promise<ImportFiles> {
  const found = await Promise.all(paths.map(filesAt));
  const sorted = (pick: (each: ImportFiles) => readonly string[]) => [...new Set(found.flatMap(pick))].sort();
  return { files: sorted(({ files }) => files), leftOut: sorted(({ leftOut }) => leftOut) };
}

async function filesAt(path: string): Promise<ImportFiles> {
  const found = await stat(path).catch(() => undefined);
  // A pipe: what a command prints, without a file between.
  if (found?.isFile() || found?.isFIFO()) return { files: [path], leftOut: [] };
  if (!found?.isDirectory()) throw new GraphError('INVALID', `\`${path}\` is no file or folder that can be read`);
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  const all = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const isRead = (file: string) =>
    exported.test(file) &&
    !file
      .slice(path.length)
      .split(sep)
      .some((step) => step.startsWith('.'));
  const files = all.filter(isRead);
  if (files.length > 0) return { files, leftOut: all.filter((file) => !isRead(file)) };
  throw new GraphError(
    'INVALID',
    `\`${path}\` holds no file that ends with .json, .jsonl, .ndjson, .yaml, .yml or .tsv`,
  );
}
