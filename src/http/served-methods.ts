import type { FastifyInstance } from 'fastify';

/** Which methods a path is served with. */
export interface ServedMethods {
  /** None where nothing is served at the path; sorted. */
  at(path: string): readonly string[];
}

/** Notes every route that is added from now on. */
export function noteServedMethods(server: FastifyInstance): ServedMethods {
  const methods = new Map<string, Set<string>>();
  server.addHook('onRoute', ({ url, method }) => {
    const known = methods.get(url) ?? new Set();
    for (const each of [method].flat()) known.add(each);
    methods.set(url, known);
  });
  return {
    at: (path) =>
      [...methods]
        .filter(([pattern]) => fits(path, pattern))
        .flatMap(([, served]) => [...served])
        .sort(),
  };
}

/** `:name` is any one segment; a trailing slash says nothing. */
function fits(path: string, pattern: string): boolean {
  const [given, wanted] = [segmentsOf(path), segmentsOf(pattern)];
  return given.length === wanted.length && wanted.every((part, at) => part === given[at] || part.startsWith(':'));
}

const segmentsOf = (path: string): readonly string[] => path.replace(/\/$/, '').split('/');
