import { constants } from 'node:buffer';
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
  /**
   * Its lines from the first on, each time it is called. Of one that is longer than that many characters, only as much as
   * shows it. @throws GraphError INVALID where it is no UTF-8
   */
  lines(maxCharacters?: number): AsyncIterable<string>;
}

/** How much of a file is read at once. */
const pieceBytes = 1024 * 1024;

/**
 * Writes the stream to the file. Rejects INVALID where the stream breaks off, and TOO_LARGE past the limit: only once it
 * has ended, since a client that is still sending would see a broken connection and no answer.
 */
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
      else done();
    },
  });
  try {
    await pipeline(body, limit, createWriteStream(path));
  } catch (error) {
    throw new GraphError('INVALID', 'the request body broke off; send it again', {}, { cause: error });
  }
  if (bytes > limitBytes) throw tooLarge(limitBytes);
  const pieces = () => decodeUtf8('the document', createReadStream(path, { highWaterMark: pieceBytes }));
  const lines = (maxCharacters = longestText) => linesOf(pieces(), maxCharacters);
  return { text: () => joined(pieces()), pieces, lines };
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

/** Nothing longer can be held as one text. */
const longestText = constants.MAX_STRING_LENGTH - 1;

/**
 * Split at line feeds only: JSON text may hold other characters that separate lines. Takes time in proportion to the
 * text, however long a line is.
 */
async function* linesOf(pieces: AsyncIterable<string>, maxCharacters: number): AsyncGenerator<string> {
  let begun: string[] = [];
  let length = 0;
  const take = (part: string) => {
    const room = maxCharacters + 1 - length;
    if (room <= 0) return;
    begun.push(part.length > room ? part.slice(0, room) : part);
    length += Math.min(part.length, room);
  };
  const end = () => {
    const line = begun.join('');
    begun = [];
    length = 0;
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  };
  for await (const piece of pieces) {
    let from = 0;
    for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', from)) {
      take(piece.slice(from, at));
      yield end();
      from = at + 1;
    }
    take(piece.slice(from));
  }
  if (length > 0) yield end();
}
