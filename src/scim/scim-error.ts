import { type ErrorCode, GraphError } from '../kernel/errors.js';

export const ERROR_URN = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** The detail keywords of RFC 7644 §3.12 and RFC 9865 §3, and what each is in our closed set of errors. */
const SCIM_TYPES = {
  invalidFilter: 'INVALID',
  tooMany: 'TOO_MANY',
  uniqueness: 'UNIQUENESS',
  mutability: 'INVALID',
  invalidSyntax: 'INVALID',
  invalidPath: 'INVALID',
  noTarget: 'INVALID',
  invalidValue: 'INVALID',
  invalidVers: 'INVALID',
  sensitive: 'FORBIDDEN',
  invalidCursor: 'INVALID',
  expiredCursor: 'CURSOR_EXPIRED',
  invalidCount: 'INVALID',
} as const satisfies Record<string, ErrorCode>;

export type ScimType = keyof typeof SCIM_TYPES;

/** A `GraphError` that knows its SCIM detail keyword. Message: as for `GraphError`. */
export class ScimError extends GraphError {
  readonly scimType: ScimType;

  constructor(scimType: ScimType, message: string, options?: ErrorOptions) {
    super(SCIM_TYPES[scimType], message, {}, options);
    this.name = 'ScimError';
    this.scimType = scimType;
  }
}

interface ErrorRow {
  readonly status: number;
  readonly scimType?: ScimType;
}

/** What a client of SCIM sees of each error code. `scimType` here is the default for a code that carries none itself. */
const SCIM_ERRORS = {
  INVALID: { status: 400, scimType: 'invalidValue' },
  NOT_FOUND: { status: 404 },
  AMBIGUOUS: { status: 400, scimType: 'invalidValue' },
  UNIQUENESS: { status: 409, scimType: 'uniqueness' },
  VERSION_MISMATCH: { status: 412 },
  UNAUTHENTICATED: { status: 401 },
  FORBIDDEN: { status: 403 },
  TOO_LARGE: { status: 413 },
  TOO_MANY: { status: 400, scimType: 'tooMany' },
  COST_EXCEEDED: { status: 429 },
  DEADLINE: { status: 503 },
  CURSOR_EXPIRED: { status: 400, scimType: 'expiredCursor' },
  GONE: { status: 404 },
  UNAVAILABLE: { status: 503 },
} as const satisfies Record<ErrorCode, ErrorRow>;

/** RFC 7644 §3.12; `status` is text there. */
export interface ScimErrorBody {
  readonly schemas: readonly [typeof ERROR_URN];
  readonly status: string;
  readonly scimType?: ScimType;
  readonly detail: string;
}

export interface ScimFailure {
  readonly status: number;
  readonly body: ScimErrorBody;
}

/** The status line and body for any thrown value. What is not a `GraphError` is a defect: nothing of it is shown. */
export function toScimError(error: unknown): ScimFailure {
  if (!(error instanceof GraphError))
    return renderScimError(500, undefined, 'internal error; the request id names it in the log');
  const row: ErrorRow = SCIM_ERRORS[error.code];
  return renderScimError(row.status, error instanceof ScimError ? error.scimType : row.scimType, error.message);
}

/** The same for a status that no error code has. */
export function renderScimError(status: number, scimType: ScimType | undefined, detail: string): ScimFailure {
  return {
    status,
    body: { schemas: [ERROR_URN], status: String(status), ...(scimType && { scimType }), detail },
  };
}
