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
  if (!isAway(error) && !isRefusal(error) && !isMistaken(error)) return error as Error;
  // What the driver says of the network names addresses, which are no caller's to know.
  const { code = '' } = error as DriverError;
  const reason = remedyOf(error) ?? `now (${code || 'no connection is free'})`;
  return new GraphError('UNAVAILABLE', `Neo4j cannot be used ${reason}`, {}, { cause: error });
}

/** What of the settings is wrong, and what would be right; absent: nothing that is known. */
function remedyOf(error: unknown): string | undefined {
  const { code = '', message = '' } = (error ?? {}) as DriverError;
  if (code.startsWith('Neo.ClientError.Security'))
    return `as it is set: ${message.split('\n')[0]?.replace(/\.$/, '')}; see NEO4J_USERNAME and NEO4J_PASSWORD`;
  if (code === 'Neo.ClientError.Database.DatabaseNotFound')
    return 'as it is set: the server has no database of that name; set NEO4J_DATABASE to one that it has';
  if (message.startsWith('Server responded HTTP'))
    return 'as it is set: HTTP is spoken at that port; set NEO4J_URI to the one of Bolt, which usually is 7687';
  return undefined;
}

/** The server, or the one that answers in its place, cannot serve us as we are set: waiting is no help. */
export const isMistaken = (error: unknown): boolean => remedyOf(error) !== undefined;

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
