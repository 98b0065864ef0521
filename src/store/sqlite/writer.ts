import { Worker } from 'node:worker_threads';
import { invariant } from '../../kernel/assert.js';
import type { Clock } from '../../kernel/clock.js';
import { GraphError } from '../../kernel/errors.js';
import { createFairQueue } from '../fair-queue.js';
import { fromWireError } from './wire-error.js';
import type { FromWriter, ToWriter, WriteOutcome, WriteRequest, WriteResult } from './write-request.js';

/** One transaction holds at most this many requests. */
const maxGroupSize = 256;
/** … and about this many changes, so that a small commit waits for one large one at most. */
const maxGroupChanges = 20_000;
/** Past either, further requests are refused until the writer has caught up. */
const maxWaitingRequests = 10_000;
const maxWaitingChanges = 400_000;

export interface Writer {
  /** Resolves when the request is on disk. Lanes take turns; `signal` gives up waiting, whatever became of the request. */
  submit(request: WriteRequest, lane: string, signal?: AbortSignal): Promise<WriteResult>;
  /** Finishes what waits and ends the thread. */
  close(): Promise<void>;
}

interface Waiting {
  readonly request: WriteRequest;
  readonly resolve: (result: WriteResult) => void;
  readonly reject: (error: Error) => void;
}

export function startWriterThread(path: string): Worker {
  return new Worker(new URL('./writer-worker.js', import.meta.url), { workerData: { path } });
}

/**
 * The main thread's end of the writer: queues requests, hands them over a group at a time, and starts the thread anew
 * when it has died. Resolves when the first thread has opened the file.
 */
export async function createWriter(startThread: () => Worker, clock: Clock): Promise<Writer> {
  const queue = createFairQueue<Waiting>(({ request }) => changesIn(request));
  let underWay: readonly Waiting[] = [];
  let thread: { readonly worker: Worker; readonly ready: Promise<void> } | undefined;
  let closing: { readonly done: Promise<void>; readonly finish: () => void } | undefined;

  function start(): { readonly worker: Worker; readonly ready: Promise<void> } {
    const worker = startThread();
    const ready = new Promise<void>((resolve, reject) => {
      worker.on('message', (message: FromWriter) => {
        if (message.kind === 'ready') resolve();
        else if (message.kind === 'failed') reject(fromWireError(message.error));
        else settleGroup(message.outcomes);
      });
      worker.on('error', (error) => reject(error));
      worker.on('exit', () => {
        reject(lost());
        onExit(worker);
      });
    });
    ready.catch(() => {});
    return { worker, ready };
  }

  function onExit(worker: Worker): void {
    if (thread?.worker === worker) thread = undefined;
    const waiting = [...underWay, ...queue.take(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)];
    underWay = [];
    for (const { reject } of waiting) reject(lost());
    closing?.finish();
  }

  function settleGroup(outcomes: readonly WriteOutcome[]): void {
    const group = underWay;
    invariant(outcomes.length === group.length, 'the writer answers each request of a group');
    underWay = [];
    group.forEach(({ resolve, reject }, index) => {
      const outcome = outcomes[index]!;
      if (outcome.kind === 'done') resolve(outcome.result);
      else reject(fromWireError(outcome.error));
    });
    dispatch();
  }

  function dispatch(): void {
    if (underWay.length > 0) return;
    if (queue.size === 0) {
      if (closing) send({ kind: 'close' });
      return;
    }
    handOver(queue.take(maxGroupSize, maxGroupChanges));
  }

  function handOver(group: readonly Waiting[]): void {
    thread ??= start();
    underWay = group;
    try {
      send({ kind: 'group', requests: group.map(({ request }) => request), now: clock.now() });
    } catch {
      // One of them holds a value that no thread can receive; the others are not to suffer for it.
      underWay = [];
      const sendable = group.filter(isSendable);
      if (sendable.length > 0) handOver(sendable);
      else dispatch();
    }
  }

  function send(message: ToWriter): void {
    if (thread) thread.worker.postMessage(message);
    else closing?.finish();
  }

  thread = start();
  await thread.ready;

  return {
    submit(request, lane, signal) {
      if (closing) return Promise.reject(new GraphError('UNAVAILABLE', 'the store is closed'));
      if (signal?.aborted) return Promise.reject(late());
      if (queue.size >= maxWaitingRequests || queue.weight >= maxWaitingChanges)
        return Promise.reject(
          new GraphError('UNAVAILABLE', 'too many writes are waiting; retry later', { retryAfterSeconds: 1 }),
        );
      return new Promise((resolve, reject) => {
        const waiting: Waiting = {
          request,
          resolve(result) {
            signal?.removeEventListener('abort', giveUp);
            resolve(result);
          },
          reject(error) {
            signal?.removeEventListener('abort', giveUp);
            reject(error);
          },
        };
        const giveUp = () => {
          queue.remove(waiting);
          reject(late());
        };
        signal?.addEventListener('abort', giveUp, { once: true });
        queue.push(lane, waiting);
        // Requests of one turn of the event loop go together.
        setImmediate(dispatch);
      });
    },
    close() {
      if (!closing) {
        let finish = () => {};
        const done = new Promise<void>((resolve) => {
          finish = resolve;
        });
        closing = { done, finish };
        dispatch();
      }
      return closing.done;
    },
  };
}

/** Refuses a request with a function or a symbol in it. */
function isSendable({ request, reject }: Waiting): boolean {
  try {
    structuredClone(request);
    return true;
  } catch (cause) {
    reject(new GraphError('INVALID', 'the write holds a value that is not JSON; send plain values', {}, { cause }));
    return false;
  }
}

const changesIn = (request: WriteRequest): number => (request.kind === 'commit' ? request.commit.changes.length : 1);
const lost = () =>
  new GraphError('UNAVAILABLE', 'the writer ended, and whether it was stored is unknown; look before it is sent again');
const late = () => new GraphError('DEADLINE', 'the deadline passed before the write was acknowledged');
