import { z } from 'zod';
import { GraphError } from '../../kernel/errors.js';
import type { PlatformFile } from './platform-import.js';

/**
 * Several files as JSON lines: `{"name":"actions.tsv","text":"…"}`. Where `more` is true the next line goes on with the same
 * file, so that none need be held whole. A body of any other type is one file.
 */
export const platformFilesType = 'application/vnd.identity-graph.files+jsonl';

const fileLine = z.strictObject({ name: z.string().min(1), text: z.string(), more: z.boolean().default(false) });
type FileLine = z.output<typeof fileLine>;

/** Each file is to be read, as far as it is, before the next is asked for. @throws GraphError INVALID */
export async function* filesOfLines(lines: AsyncIterable<string>): AsyncGenerator<PlatformFile> {
  const iterator = parsedLines(lines);
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    const pieces = piecesFrom(next.value, iterator);
    yield { name: next.value.name, pieces };
    for await (const _ of pieces);
  }
}

/** The lines of one file. */
export async function* linesOfFile(name: string, pieces: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const text of pieces) yield JSON.stringify({ name, text, more: true });
  yield JSON.stringify({ name, text: '' });
}

async function* parsedLines(lines: AsyncIterable<string>): AsyncGenerator<FileLine> {
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line.trim() !== '') yield parseFileLine(line, number);
  }
}

async function* piecesFrom(first: FileLine, iterator: AsyncGenerator<FileLine>): AsyncGenerator<string> {
  let line = first;
  yield line.text;
  while (line.more) {
    const next = await iterator.next();
    if (next.done || next.value.name !== first.name)
      throw new GraphError(
        'INVALID',
        `\`${first.name}\` breaks off: its last line says that there is more; send all of it`,
      );
    line = next.value;
    yield line.text;
  }
}

/** @throws GraphError INVALID */
function parseFileLine(line: string, number: number): FileLine {
  const hint = `line ${number} is no file; write each like \`{"name":"actions.tsv","text":"…"}\``;
  try {
    return fileLine.parse(JSON.parse(line));
  } catch (error) {
    throw new GraphError('INVALID', hint, {}, { cause: error });
  }
}
