import { GraphError, type Issue } from '../kernel/errors.js';

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
    body: string | ReadableStream<Uint8Array>,
  ): Promise<unknown>;
}

export interface ApiClientOptions {
  readonly url: string;
  readonly token: string | undefined;
}

export function createApiClient({ url, token }: ApiClientOptions): ApiClient {
  const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }) };

  return {
    url,
    async ask(document, variables) {
      const response = await reach(url, '/graphql', {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ query: document, variables }),
      });
      const answer = (await response.json()) as {
        data?: Record<string, unknown>;
        errors?: readonly { message: string }[];
      };
      if (answer.errors?.length)
        throw new GraphError('INVALID', answer.errors.map((error) => error.message).join('\n'));
      for (const result of Object.values(answer.data ?? {})) refuseProblem(result);
      return answer.data as never;
    },
    async send(method, path, contentType, body) {
      const response = await reach(url, path, {
        method,
        headers: { ...headers, 'content-type': contentType },
        body,
        ...(typeof body !== 'string' && { duplex: 'half' }),
      } as RequestInit);
      const text = await response.text();
      const answer = text === '' ? undefined : (JSON.parse(text) as { message?: string; issues?: readonly Issue[] });
      if (response.ok) return answer;
      throw new GraphError(
        'INVALID',
        [answer?.message ?? `the service answered ${response.status}`, ...(answer?.issues ?? []).map(issueLine)].join(
          '\n',
        ),
      );
    },
  };
}

async function reach(url: string, path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(new URL(path, url), request);
  } catch {
    throw new GraphError(
      'UNAVAILABLE',
      `no service answers at ${url}; start it with \`npm start\`, or name another with --url`,
    );
  }
}

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
  const more = [...(problem.issues ?? []).map(issueLine), ...(problem.candidates ?? [])];
  throw new GraphError('INVALID', [problem.message, ...more].join('\n'));
}

const issueLine = ({ pointer, message, hint }: Issue): string => `  ${pointer}: ${message}${hint ? ` (${hint})` : ''}`;
