import type { GraphEffect, StoredCommit } from '../../graph/change.js';
import { asCommitId } from '../../graph/ids.js';
import type { Tip } from '../settle-commit.js';
import type { Parameters, Row } from './driver.js';

/** About how many bytes of changes one `(:CommitPart)` holds; a single change may be longer. */
const partBytes = 1_000_000;

/** One entry of the log as it is written: `(:Commit)`, and its `(:CommitPart)`s, each a JSON array of effects. */
export function toLogRows(
  { revision, id, at, meta, hash, effects }: StoredCommit,
  { openNodes, openEdges }: Pick<Tip, 'openNodes' | 'openEdges'>,
): { readonly commit: Parameters; readonly parts: readonly Parameters[] } {
  const texts = partsOf(effects);
  const size = { parts: texts.length, bytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) };
  return {
    commit: { revision, id, at, meta: JSON.stringify(meta), hash, ...size, openNodes, openEdges },
    parts: texts.map((changes, part) => ({ revision, part, changes })),
  };
}

/** The parts of many commits, in their order, as lists that one statement each can carry. */
export function inMessages(parts: readonly Parameters[]): readonly (readonly Parameters[])[] {
  const messages: Parameters[][] = [];
  let characters = 0;
  for (const part of parts) {
    const { length } = part.changes as string;
    const last = messages.at(-1);
    if (last && characters + length <= partBytes) {
      last.push(part);
      characters += length;
    } else {
      messages.push([part]);
      characters = length;
    }
  }
  return messages;
}

/** Of a row with the commit's properties as `commit` and its parts' `changes`, in order; `undefined` where a part lacks. */
export function toStoredCommit(row: Row): StoredCommit | undefined {
  const { revision, id, at, meta, hash, parts } = row.commit as Record<'id' | 'meta' | 'hash', string> &
    Record<'revision' | 'at' | 'parts', number>;
  const texts = row.changes as readonly string[];
  if (texts.length !== parts) return undefined;
  const effects = texts.flatMap((text) => JSON.parse(text) as GraphEffect[]);
  return { revision, id: asCommitId(id), at, meta: JSON.parse(meta), effects, hash };
}

function partsOf(effects: readonly GraphEffect[]): readonly string[] {
  const parts: string[] = [];
  let [part, bytes]: [string[], number] = [[], 0];
  for (const effect of effects) {
    const text = JSON.stringify(effect);
    const size = Buffer.byteLength(text) + 1;
    if (part.length > 0 && bytes + size > partBytes) {
      parts.push(`[${part.join(',')}]`);
      [part, bytes] = [[], 0];
    }
    part.push(text);
    bytes += size;
  }
  return [...parts, `[${part.join(',')}]`];
}
