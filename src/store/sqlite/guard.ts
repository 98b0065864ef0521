import { GraphError } from '../../kernel/errors.js';
import { fromWireError, toWireError } from './wire-error.js';

type Method = (...values: readonly unknown[]) => unknown;

/**
 * The port with every method refusing once the store is closed, and the driver's errors put into the port's words.
 * `streams` names the methods that give an `AsyncIterable`, the others give promises; `close` may be called again.
 */
export function guard<Port extends object>(
  port: Port,
  isClosed: () => boolean,
  streams: readonly (keyof Port)[],
): Port {
  const inPortsWords = (error: unknown) => (isClosed() ? closedError() : fromWireError(toWireError(error)));

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
