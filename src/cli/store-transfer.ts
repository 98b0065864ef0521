import { once } from 'node:events';
import { createReadStream, createWriteStream, rmSync, statSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { readConfig } from '../kernel/config.js';
import { GraphError } from '../kernel/errors.js';
import type { ExportTrailer } from '../store/export-record.js';
import { exportStore } from '../store/export-store.js';
import type { Head } from '../store/graph-store.js';
import { restoreStore } from '../store/restore-store.js';
import { createProgress, megabytes } from './progress.js';
import { importService } from './serve-command.js';

/** What stands for standard output and input where a file may be named. */
export const standardStream = '-';

/**
 * Writes the store that the environment names to a new file or to standard output, which may be a pipe.
 * @throws GraphError INVALID for a file that is there already or cannot be written; then, as after any failure, no file
 *   of it is left
 */
export async function exportTo(file: string, options: { readonly withCredentials: boolean }): Promise<ExportTrailer> {
  const store = await (await importService()).openStoreForReading(readConfig());
  try {
    if (file === standardStream) return await exportThrough(process.stdout, false);
    const sink = createWriteStream(file, { flags: 'wx' });
    await once(sink, 'open').catch((cause: NodeJS.ErrnoException) => {
      const reason = cause.code === 'EEXIST' ? 'is there already' : `cannot be written (${cause.code})`;
      throw new GraphError('INVALID', `\`${file}\` ${reason}; name another file`, {}, { cause });
    });
    return await exportThrough(sink, true).catch((error: unknown) => {
      sink.destroy();
      rmSync(file, { force: true });
      throw error;
    });
  } finally {
    await store.graph.close();
  }

  async function exportThrough(sink: Writable, isOurs: boolean): Promise<ExportTrailer> {
    const progress = createProgress();
    const writer = createWriter(sink);
    let bytes = 0;
    const write = (text: string) => {
      bytes += Buffer.byteLength(text);
      if (isOurs) progress.tell(`wrote ${megabytes(bytes)}`);
      return writer.write(text);
    };
    try {
      const counts = await exportStore(store, write, options);
      await writer.flush(isOurs);
      return counts;
    } finally {
      progress.clear();
    }
  }
}

/** Waits where the stream has more than it can pass on. Rejects once it breaks. */
function createWriter(sink: Writable) {
  let broken: (error: Error) => void;
  const failure = new Promise<never>((_, fail) => {
    broken = fail;
  });
  // It may break while nobody waits for it.
  failure.catch(() => {});
  sink.on('error', ({ message, code }: NodeJS.ErrnoException) => {
    const reason = code === 'EPIPE' ? 'what reads the export has ended' : `the export cannot be written: ${message}`;
    broken(new GraphError('UNAVAILABLE', `${reason}; see why, and take it again`));
  });
  const whole = (done: Promise<unknown>) => Promise.race([done, failure]).then(() => {});
  return {
    write: (text: string) => (sink.write(text) ? whole(Promise.resolve()) : whole(once(sink, 'drain'))),
    /** Resolves when everything was handed over; a stream that is not ours stays open. */
    flush: (end: boolean) =>
      whole(new Promise<void>((done) => (end ? sink.end(() => done()) : sink.write('', () => done())))),
  };
}

/**
 * Fills the empty store that the environment names from a file or from standard input, which may be a pipe.
 * @throws GraphError INVALID for a file that cannot be read, a stream that is cut or was changed, and a store that holds
 *   something: the store is as it was
 */
export async function restoreFrom(file: string): Promise<Head> {
  const { pieces, total, close } = openPieces(file);
  try {
    const store = await (await importService()).openStoreForWriting(readConfig());
    try {
      return await restoreStore(store, withProgress(pieces, total));
    } finally {
      await store.graph.close();
    }
  } finally {
    close();
  }
}

function openPieces(file: string) {
  if (file === standardStream && process.stdin.isTTY)
    throw new GraphError('INVALID', 'nothing is piped into this; name a file, or pipe `identity-graph export` into it');
  const about = file === standardStream ? undefined : statSync(file, { throwIfNoEntry: false });
  if (file !== standardStream && (about === undefined || about.isDirectory()))
    throw new GraphError('INVALID', `\`${file}\` is no file that can be read`);
  const source = (file === standardStream ? process.stdin : createReadStream(file)).setEncoding('utf8');
  return { pieces: source, total: about?.isFile() ? about.size : undefined, close: () => source.destroy() };
}

async function* withProgress(pieces: AsyncIterable<string>, total: number | undefined): AsyncGenerator<string> {
  const progress = createProgress();
  let bytes = 0;
  try {
    for await (const piece of pieces) {
      bytes += Buffer.byteLength(piece);
      progress.tell(`restored ${megabytes(bytes)}${total === undefined ? '' : ` of ${megabytes(total)}`}`);
      yield piece;
    }
  } catch (cause) {
    if (cause instanceof GraphError) throw cause;
    throw new GraphError('INVALID', `the export cannot be read: ${(cause as Error).message}`, {}, { cause });
  } finally {
    progress.clear();
  }
}
