import { GraphError, isGraphError } from '../../kernel/errors.js';

interface DriverError {
  readonly code?: string;
  readonly message?: string;
  readonly retryable?: boolean;
}

/**
 * The driver's error in the ports' words: `UNAVAILABLE` where the server is away, refuses for now, or refuses us; what
 * is left is a defect and given as it is.
 */
export function translateError(error: unknown): Error {
  if (isGraphError(error)) return error;
  if (!isAway(error) && !isRefusal(error)) return error as Error;
  // What the driver says of the network names addresses, which are no caller's to know.
  const { code = '', message = '' } = error as DriverError;
  const reason = isDenied(error) ? `: ${message.split('\n')[0]}` : ` (${code || 'no connection is free'})`;
  return new GraphError('UNAVAILABLE', `Neo4j cannot be used now${reason}`, {}, { cause: error });
}

/** The server does not know us, or lets us do nothing: waiting is no help. */
export const isDenied = (error: unknown): boolean =>
  (error as DriverError | undefined)?.code?.startsWith('Neo.ClientError.Security') === true;

/** The server could not be reached, or is about to come back: the same again may succeed. */
export const isAway = (error: unknown): boolean => (error as DriverError | undefined)?.retryable === true;

/** A constraint of uniqueness was met. */
export const isTaken = (error: unknown): boolean =>
  (error as DriverError).code === 'Neo.ClientError.Schema.ConstraintValidationFailed';

/** What a statement of the schema would make is there. */
export const isThereAlready = (error: unknown): boolean =>
  /^Neo\.ClientError\.Schema\.(EquivalentSchemaRule|Constraint|Index)AlreadyExists$/.test(
    (error as DriverError).code ?? '',
  );

/** The server ended the transaction since it took longer than it may, be it that it waited for a lock. */
export const isOvertime = (error: unknown): boolean =>
  /^Neo\.(ClientError|TransientError)\.Transaction\.(TransactionTimedOut|LockClientStopped|LockAcquisitionTimeout|Terminated)/.test(
    (error as DriverError).code ?? '',
  );

/** What the server, or the driver in its place, refuses though the statement is sound; nobody's fault in this program. */
const refusals =
  /^Neo\.(ClientError\.(Security|Transaction|Cluster|Database|General\.ForbiddenOnReadOnlyDatabase)|DatabaseError|TransientError)|^ServiceUnavailable$|^SessionExpired$/;
function isRefusal(error: unknown): boolean {
  const { code = '', message = '' } = error as DriverError;
  return refusals.test(code) || /acquisition timed out|[Pp]ool is closed/.test(message);
}
