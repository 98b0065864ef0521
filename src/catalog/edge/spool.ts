import { createReadStream, createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GraphError } from '../../kernel/errors.js';

/** A body that was received whole, in a file. */
export interface Spooled {
  /** @throws GraphError INVALID where it is no UTF-8 */
  text(): Promise<string>;
  /** Its lines from the first on, each time it is called. */
  lines(): AsyncIterable<string>;
}

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
  return {
    text: async () => decode(await readFile(path)),
    lines: () => linesOf(createReadStream(path, 'utf8')),
  };
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

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new GraphError('INVALID', 'the document is no UTF-8; convert it');
  }
}

/** Split at line feeds only: JSON text may hold other characters that separate lines. */
async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let begun = '';
  for await (const piece of pieces) {
    const lines = (begun + piece).split('\n');
    begun = lines.pop() ?? '';
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
  }
  if (begun !== '') yield begun;
}
