import { parentPort, workerData } from 'node:worker_threads';
import type { ToWriter } from '../../src/store/sqlite/write-request.js';

/** The writer's thread, ending by itself at its `group`th group: before that is stored, or when it is stored and no one was told. */
export interface Death {
  readonly group: number;
  readonly when: 'before' | 'after';
}

const { death } = workerData as { readonly death: Death };
let groups = 0;
const die = (message: ToWriter) => {
  groups += message.kind === 'group' ? 1 : 0;
  if (groups === death.group) process.exit(1);
};
// Listeners are called in the order in which they came.
if (death.when === 'before') parentPort?.on('message', die);
await import('../../src/store/sqlite/writer-worker.js');
if (death.when === 'after') parentPort?.on('message', die);
