import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { maskedMessage, retryAfterSecondsOf } from '../http/http-errors.js';
import { type ErrorCode, GraphError } from '../kernel/errors.js';

/** The closed table of `extensions.code`, beside what the document itself can be refused for. */
export const GRAPHQL_CODES = {
  INVALID: 'BAD_USER_INPUT',
  NOT_FOUND: 'NOT_FOUND',
  AMBIGUOUS: 'AMBIGUOUS',
  UNIQUENESS: 'BAD_USER_INPUT',
  VERSION_MISMATCH: 'UNAVAILABLE',
  UNAUTHENTICATED: 'UNAUTHENTICATED',
  FORBIDDEN: 'FORBIDDEN',
  TOO_LARGE: 'BAD_USER_INPUT',
  TOO_MANY: 'COST_EXCEEDED',
  COST_EXCEEDED: 'COST_EXCEEDED',
  DEADLINE: 'DEADLINE',
  CURSOR_EXPIRED: 'CURSOR_EXPIRED',
  GONE: 'GONE',
  UNAVAILABLE: 'UNAVAILABLE',
} as const satisfies Record<ErrorCode, string>;

/** What a server refuses a document or a request for, before it runs: their messages speak of the document alone. */
const ofDocument: Readonly<Record<string, string>> = {
  GRAPHQL_PARSE_FAILED: 'GRAPHQL_PARSE_FAILED',
  GRAPHQL_VALIDATION_FAILED: 'GRAPHQL_VALIDATION_FAILED',
  BAD_USER_INPUT: 'BAD_USER_INPUT',
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_USER_INPUT',
};

export interface RunningRequest {
  readonly requestId: string;
  /** Is given what was masked. */
  readonly onDefect: (defect: unknown) => void;
  /** Is given when a part of the answer is worth another try. */
  readonly onRetryAfter: (seconds: number) => void;
}

/**
 * The error as it is told: with a code of the table, the request's id and nothing of the inside.
 */
export function toFormattedError(
  formatted: GraphQLFormattedError,
  error: unknown,
  { requestId, onDefect, onRetryAfter }: RunningRequest,
): GraphQLFormattedError {
  const origin = originOf(error);
  const { locations, path } = formatted;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  if (origin instanceof GraphError) {
    const { candidates, ...details } = origin.details;
    const retryAfterSeconds = retryAfterSecondsOf(origin);
    if (retryAfterSeconds !== undefined) onRetryAfter(retryAfterSeconds);
    const extensions = {
      code: GRAPHQL_CODES[origin.code],
      ...details,
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
      ...(candidates && { candidates }),
      requestId,
    };
    return { message: origin.message, ...place, extensions };
  }
  const code = ofDocument[String(formatted.extensions?.code)];
  if (code !== undefined && !isInternal(origin))
    return { message: messageOf(formatted, code), ...place, extensions: { code, requestId } };
  onDefect(origin);
  return { message: maskedMessage, ...place, extensions: { code: 'UNAVAILABLE', requestId } };
}

/** What a resolver threw, behind the error that says where. */
function originOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? originOf(error.originalError) : error;
}

/** Anything but an error of the language itself, such as the parser's own stack overflowing. */
function isInternal(origin: unknown): boolean {
  return origin instanceof RangeError || origin instanceof TypeError;
}

function messageOf({ message }: GraphQLFormattedError, code: string): string {
  if (code !== 'GRAPHQL_PARSE_FAILED' || message.startsWith('Syntax Error')) return message;
  return 'the document cannot be parsed; write less nesting';
}
