/**
 * The closed set of things that can go wrong in a way a caller can act on. Everything else is a defect and is
 * masked at the edge. Each protocol maps this set in one table of its own (`satisfies Record<ErrorCode, …>`).
 */
export type ErrorCode =
  /** The input is malformed or breaks a rule of the model; nothing was changed. */
  | 'INVALID'
  /** What the input names does not exist, or the caller may not know that it does. */
  | 'NOT_FOUND'
  /** A printed name fits several things. */
  | 'AMBIGUOUS'
  /** A claimed value (a userName in a source, a slug) is taken. */
  | 'UNIQUENESS'
  /** An expectation about a version did not hold. */
  | 'VERSION_MISMATCH'
  /** No, or no valid, credential. */
  | 'UNAUTHENTICATED'
  /** The credential lacks the scope. */
  | 'FORBIDDEN'
  /** One request asks for more than a stated size limit. */
  | 'TOO_LARGE'
  /** An answer would need more work than a stated effort limit. */
  | 'TOO_MANY'
  /** A caller's budget or rate is used up; `details.retryAfterSeconds` says for how long. */
  | 'COST_EXCEEDED'
  /** The request's deadline passed. */
  | 'DEADLINE'
  /** A cursor's time is over, or it is not this question's. */
  | 'CURSOR_EXPIRED'
  /** The revision asked about lies before the retention horizon. */
  | 'GONE'
  /** The service cannot answer now; trying again later may help. */
  | 'UNAVAILABLE';

/** One fault in a document: where (JSON Pointer, RFC 6901), what, and what would be right. */
export interface Issue {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

export interface ErrorDetails {
  /** Which argument or field is meant. */
  readonly argument?: string;
  readonly candidates?: readonly string[];
  readonly issues?: readonly Issue[];
  readonly retryAfterSeconds?: number;
  /** The name of the limit that was met. */
  readonly limit?: string;
}

/** The class of every error of the project. `message`: lower case, no full stop, input in backticks, says what to do. */
export class GraphError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = 'GraphError';
    this.code = code;
    this.details = details;
  }
}

export function isGraphError(error: unknown, code?: ErrorCode): error is GraphError {
  return error instanceof GraphError && (code === undefined || error.code === code);
}
