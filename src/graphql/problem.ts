import { type ErrorCode, GraphError } from '../kernel/errors.js';

type ProblemType = 'NotFound' | 'Ambiguous' | 'Invalid';

/** Errors that are an answer where one thing is named or written; any other stays an error. */
const problemTypes: Partial<Record<ErrorCode, ProblemType>> = {
  NOT_FOUND: 'NotFound',
  AMBIGUOUS: 'Ambiguous',
  INVALID: 'Invalid',
  UNIQUENESS: 'Invalid',
  VERSION_MISMATCH: 'Invalid',
  TOO_LARGE: 'Invalid',
};

/** The result, or the problem in its place where the union has room for it. */
export async function orProblem<Result>(
  run: () => Promise<Result>,
  among: readonly ProblemType[] = ['NotFound', 'Ambiguous', 'Invalid'],
): Promise<Result | GraphError> {
  try {
    return await run();
  } catch (error) {
    const type = error instanceof GraphError ? problemTypes[error.code] : undefined;
    if (type === undefined || !among.includes(type)) throw error;
    return error as GraphError;
  }
}

/** @throws Error where the error is no problem: a defect of the resolver */
export function problemTypeOf(error: GraphError): ProblemType {
  const type = problemTypes[error.code];
  if (type === undefined) throw new Error(`${error.code} is no problem`);
  return type;
}
