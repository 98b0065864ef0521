import { type ErrorCode, type ErrorDetails, GraphError, isGraphError } from '../../kernel/errors.js';

/** An error as it crosses the border between threads, which keeps no class and no extra fields. */
export type WireError =
  | { readonly kind: 'graph'; readonly code: ErrorCode; readonly message: string; readonly details: ErrorDetails }
  | { readonly kind: 'defect'; readonly message: string; readonly stack: string };

export function toWireError(error: unknown): WireError {
  if (isGraphError(error)) return { kind: 'graph', code: error.code, message: error.message, details: error.details };
  // Not `instanceof`: an error of the driver or of Node may come from another realm.
  const { message = String(error), stack = '', code } = error as Partial<NodeJS.ErrnoException>;
  if (code === driverErrorCode && !ourFault.test(message))
    return { kind: 'graph', code: 'UNAVAILABLE', message: `the database refused: ${message}`, details: {} };
  return { kind: 'defect', message, stack };
}

export function fromWireError(wire: WireError): Error {
  if (wire.kind === 'graph') return new GraphError(wire.code, wire.message, wire.details);
  const error = new Error(wire.message);
  error.stack = wire.stack;
  return error;
}

/** What both drivers say of a full disk, a file that a stranger holds, an I/O error, and of our own mistakes. */
const driverErrorCode = 'ERR_SQLITE_ERROR';
const ourFault = /constraint|syntax error|no such/i;
