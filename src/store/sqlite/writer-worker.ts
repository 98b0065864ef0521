import { parentPort, workerData } from 'node:worker_threads';
import { invariant } from '../../kernel/assert.js';
import { type Database, openDatabase } from './driver.js';
import { createGroupRunner } from './group-runner.js';
import { prepareSchema } from './schema.js';
import { toWireError } from './wire-error.js';
import type { FromWriter, ToWriter, WriteOutcome } from './write-request.js';

/** The writer's thread: owns the only connection that writes. One group at a time; checkpoints when none follows. */

/** How long after a group the writer counts as idle, in milliseconds. */
const idleAfterMs = 100;

const port = parentPort;
invariant(port, 'the writer runs in a worker thread');
const post = (message: FromWriter) => port.postMessage(message);
let idle: NodeJS.Timeout | undefined;

try {
  const { path } = workerData as { readonly path: string };
  const database = openDatabase(path, 'write');
  prepareSchema(database, path);
  serve(database);
  post({ kind: 'ready' });
} catch (error) {
  post({ kind: 'failed', error: toWireError(error) });
  port.close();
}

function serve(database: Database): void {
  const runGroup = createGroupRunner(database);

  function outcomesOf({ requests, now }: Extract<ToWriter, { kind: 'group' }>): readonly WriteOutcome[] {
    try {
      return runGroup(requests, now);
    } catch (error) {
      const refused: WriteOutcome = { kind: 'refused', error: toWireError(error) };
      return requests.map(() => refused);
    }
  }

  port!.on('message', (message: ToWriter) => {
    clearTimeout(idle);
    if (message.kind === 'close') {
      database.close();
      port!.close();
      return;
    }
    post({ kind: 'outcomes', outcomes: outcomesOf(message) });
    idle = setTimeout(() => checkpoint(database), idleAfterMs);
  });
}

/** Moves what the log holds into the file, as far as no reader needs it; never waits for one. */
function checkpoint(database: Database): void {
  if (!database.isTransaction) database.exec('PRAGMA wal_checkpoint(PASSIVE)');
}
