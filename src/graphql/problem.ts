import { type ErrorCode, GraphError } from '../kernel/errors.js';

/** An error that is an answer. It is held in a model, since a returned error counts as thrown. */
export interface ProblemModel {
  readonly problem: GraphError;
}
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
): Promise<Result | ProblemModel> {
  try {
    return await run();
  } catch (error) {
    const problem = error instanceof GraphError ? error : undefined;
    const type = problem && problemTypes[problem.code];
    if (problem === undefined || type === undefined || !among.includes(type)) throw error;
    return { problem };
  }
}

/** The type of a problem; absent: the model is something else. */
export function problemTypeOf(model: object): ProblemType | undefined {
  if (!('problem' in model)) return undefined;
  return problemTypes[(model as ProblemModel).problem.code];
}
