import { GraphError } from '../kernel/errors.js';

type Method = (...values: readonly unknown[]) => unknown;

export interface GuardOptions<Port> {
  readonly isClosed: () => boolean;
  /** Puts a driver's error into the port's words; gives the port's own and defects as they are. */
  readonly translate: (error: unknown) => Error;
  /** The methods that give an `AsyncIterable`; the others give promises. */
  readonly streams: readonly (keyof Port)[];
}

/** The port with every method refusing once the store is closed, and in the port's words; `close` may be called again. */
export function guard<Port extends object>(port: Port, { isClosed, translate, streams }: GuardOptions<Port>): Port {
  const inPortsWords = (error: unknown) => (isClosed() ? closedError() : translate(error));

  function guardPromise(method: Method): Method {
    return async (...values) => {
      if (isClosed()) throw closedError();
      try {
        return await method(...values);
      } catch (error) {
        throw inPortsWords(error);
      }
    };
  }

  function guardStream(method: Method): Method {
    return async function* (...values) {
      if (isClosed()) throw closedError();
      try {
        yield* method(...values) as AsyncIterable<unknown>;
      } catch (error) {
        throw inPortsWords(error);
      }
    };
  }

  const guarded = Object.entries(port).map(([name, method]) => {
    if (name === 'close') return [name, method];
    return [name, streams.includes(name as keyof Port) ? guardStream(method) : guardPromise(method)];
  });
  return Object.fromEntries(guarded) as Port;
}

const closedError = () => new GraphError('UNAVAILABLE', 'the store is closed');
