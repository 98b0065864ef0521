import { createReadStream, createWriteStream } from 'node:fs';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GraphError } from '../../kernel/errors.js';
import { decodeUtf8 } from '../utf8-text.js';

/** A body that was received whole, in a file. */
export interface Spooled {
  /** @throws GraphError INVALID where it is no UTF-8 */
  text(): Promise<string>;
  /** Its text from the first on, each time it is called. @throws GraphError INVALID where it is no UTF-8 */
  pieces(): AsyncIterable<string>;
  /** Its lines from the first on, each time it is called. @throws GraphError INVALID where it is no UTF-8 */
  lines(): AsyncIterable<string>;
}

/** How much of a file is read at once. */
const pieceBytes = 1024 * 1024;

/** Writes the stream to the file. Rejects TOO_LARGE past the limit, INVALID where the stream breaks off. */
export async function spoolLimited(
  body: Readable | null | undefined,
  path: string,
  limitBytes: number,
): Promise<Spooled> {
  if (!body) throw new GraphError('INVALID', 'the request has no body; send the document');
  let bytes = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= limitBytes) done(null, chunk);
      else done(tooLarge(limitBytes));
    },
  });
  try {
    await pipeline(body, limit, createWriteStream(path));
  } catch (error) {
    if (error instanceof GraphError) throw error;
    throw new GraphError('INVALID', 'the request body broke off; send it again', {}, { cause: error });
  }
  const pieces = () => decodeUtf8('the document', createReadStream(path, { highWaterMark: pieceBytes }));
  return { text: () => joined(pieces()), pieces, lines: () => linesOf(pieces()) };
}

function tooLarge(limitBytes: number): GraphError {
  return new GraphError(
    'TOO_LARGE',
    `the document is larger than ${limitBytes} bytes; raise IMPORT_LIMIT_BYTES or split it`,
    {
      limit: 'IMPORT_LIMIT_BYTES',
    },
  );
}

async function joined(pieces: AsyncIterable<string>): Promise<string> {
  const all: string[] = [];
  for await (const piece of pieces) all.push(piece);
  return all.join('');
}

/** Split at line feeds only: JSON text may hold other characters that separate lines. */
async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let begun: string[] = [];
  for await (const piece of pieces) {
    const [first = '', ...others] = piece.split('\n');
    begun.push(first);
    for (const next of others) {
      yield withoutReturn(begun.join(''));
      begun = [next];
    }
  }
  const last = begun.join('');
  if (last !== '') yield last;
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
