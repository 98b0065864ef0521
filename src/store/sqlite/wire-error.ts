import { type ErrorCode, type ErrorDetails, GraphError, isGraphError } from '../../kernel/errors.js';

/** An error as it crosses the border between threads, which keeps no class and no extra fields. */
export type WireError =
  | { readonly kind: 'graph'; readonly code: ErrorCode; readonly message: string; readonly details: ErrorDetails }
  | { readonly kind: 'defect'; readonly message: string; readonly stack: string };

export function toWireError(error: unknown): WireError {
  if (isGraphError(error)) return { kind: 'graph', code: error.code, message: error.message, details: error.details };
  if (isDatabaseError(error))
    return { kind: 'graph', code: 'UNAVAILABLE', message: `the database refused: ${error.message}`, details: {} };
  if (error instanceof Error) return { kind: 'defect', message: error.message, stack: error.stack ?? '' };
  return { kind: 'defect', message: String(error), stack: '' };
}

export function fromWireError(wire: WireError): Error {
  if (wire.kind === 'graph') return new GraphError(wire.code, wire.message, wire.details);
  const error = new Error(wire.message);
  error.stack = wire.stack;
  return error;
}

/** Disk full, file locked by a stranger, I/O error: both drivers say `ERR_SQLITE_ERROR`. A broken constraint is a defect of ours. */
function isDatabaseError(error: unknown): error is Error {
  if (!(error instanceof Error) || (error as NodeJS.ErrnoException).code !== 'ERR_SQLITE_ERROR') return false;
  return !/constraint|syntax error|no such/i.test(error.message);
}
