import { GraphError, type Issue, isGraphError } from '../kernel/errors.js';
import { type Exchange, exchange } from './http-exchange.js';

/** Talks to a running service, the same way as any other caller. */
export interface ApiClient {
  readonly url: string;
  /** The `data` of the answer; a problem of a result union is an error here. @throws GraphError */
  ask<Data>(document: string, variables: Readonly<Record<string, unknown>>): Promise<Data>;
  /** Sends a document or a stream. @throws GraphError */
  send(
    method: 'PUT' | 'POST',
    path: string,
    contentType: string,
    body: string | AsyncIterable<Uint8Array>,
  ): Promise<unknown>;
}

/** What a mutation's result selects so that `ask` can tell a problem. */
export const problem =
  '__typename ... on Problem { message } ... on Ambiguous { candidates } ... on Invalid { issues { pointer message hint } }';

export interface ApiClientOptions {
  readonly url: string;
  readonly token: string | undefined;
}

export function createApiClient({ url, token: given }: ApiClientOptions): ApiClient {
  const token = given?.trim();
  const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }) };

  return {
    url,
    async ask(document, variables) {
      const body = JSON.stringify({ query: document, variables });
      const { answer } = await reach<Answer>(url, '/graphql', {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body,
      });
      if (answer?.errors?.length) throw new GraphError('INVALID', answer.errors.map(errorText).join('\n'));
      for (const result of Object.values(answer?.data ?? {})) refuseProblem(result);
      return answer?.data as never;
    },
    async send(method, path, contentType, body) {
      const { ok, status, answer } = await reach<Told>(url, path, {
        method,
        headers: { ...headers, 'content-type': contentType },
        body,
      });
      if (ok) return answer;
      throw new GraphError('INVALID', linesOf(answer?.message ?? `the service answered ${status}`, answer?.issues));
    },
  };
}

interface Told {
  readonly message?: string;
  readonly issues?: readonly Issue[];
}
interface Answer {
  readonly data?: Record<string, unknown>;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly issues?: readonly Issue[] };
  }[];
}

/** @throws GraphError UNAVAILABLE where nobody answers, or somebody else; UNAUTHENTICATED where the token is refused */
async function reach<Body>(
  url: string,
  path: string,
  request: Exchange,
): Promise<{ readonly ok: boolean; readonly status: number; readonly answer: Body | undefined }> {
  const another = `start it with \`npm start\`, or name another with --url`;
  const { status, text } = await exchange(`${url.replace(/\/+$/, '')}${path}`, request).catch((error: unknown) => {
    if (isGraphError(error)) throw error;
    throw new GraphError('UNAVAILABLE', `no service answers at ${url}; ${another}`, {}, { cause: error });
  });
  if (status === 401)
    throw new GraphError(
      'UNAUTHENTICATED',
      'the service refuses the token; give it with --token or IDENTITY_GRAPH_TOKEN',
    );
  const ok = status >= 200 && status < 300;
  try {
    return { ok, status, answer: text === '' ? undefined : JSON.parse(text) };
  } catch {
    throw new GraphError('UNAVAILABLE', `what answers at ${url} is no identity-graph (status ${status}); ${another}`);
  }
}

const errorText = ({ message, extensions }: NonNullable<Answer['errors']>[number]) =>
  linesOf(message, extensions?.issues);

interface Problem {
  readonly __typename: string;
  readonly message: string;
  readonly issues: readonly Issue[];
  readonly candidates: readonly string[];
}

/** Result unions name their problems by type. */
function refuseProblem(result: unknown): void {
  const problem = (result ?? {}) as Partial<Problem>;
  if (!['NotFound', 'Ambiguous', 'Invalid'].includes(problem.__typename ?? '')) return;
  throw new GraphError(
    'INVALID',
    [linesOf(problem.message ?? '', problem.issues), ...(problem.candidates ?? [])].join('\n'),
  );
}

function linesOf(message: string, issues: readonly Issue[] = []): string {
  return [message, ...issues.map(issueLine)].join('\n');
}

const issueLine = ({ pointer, message, hint }: Issue): string => `  ${pointer}: ${message}${hint ? ` (${hint})` : ''}`;
