import { GraphError } from '../kernel/errors.js';

type Method = (...values: readonly unknown[]) => unknown;

export interface GuardOptions<Port> {
  readonly isClosed: () => boolean;
  /** Refuses with `DEADLINE` once it has aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Puts a driver's error into the port's words; gives the port's own and defects as they are. */
  readonly translate: (error: unknown) => Error;
  /** The methods that give an `AsyncIterable`; the others give promises, but `close` and `until`, which stay as they are. */
  readonly streams: readonly (keyof Port)[];
}

/** The port with every method refusing once the store is closed, and in the port's words; `close` may be called again. */
export function guard<Port extends object>(
  port: Port,
  { isClosed, signal, translate, streams }: GuardOptions<Port>,
): Port {
  const inPortsWords = (error: unknown) => (isClosed() ? closedError() : translate(error));

  function check(): void {
    if (isClosed()) throw closedError();
    if (signal?.aborted) throw new GraphError('DEADLINE', 'the deadline passed before the store was asked');
  }

  function guardPromise(method: Method): Method {
    return async (...values) => {
      check();
      try {
        return await method(...values);
      } catch (error) {
        throw inPortsWords(error);
      }
    };
  }

  function guardStream(method: Method): Method {
    return async function* (...values) {
      check();
      try {
        yield* method(...values) as AsyncIterable<unknown>;
      } catch (error) {
        throw inPortsWords(error);
      }
    };
  }

  const guarded = Object.entries(port).map(([name, method]) => {
    if (name === 'close' || name === 'until') return [name, method];
    return [name, streams.includes(name as keyof Port) ? guardStream(method) : guardPromise(method)];
  });
  return Object.fromEntries(guarded) as Port;
}

const closedError = () => new GraphError('UNAVAILABLE', 'the store is closed');
