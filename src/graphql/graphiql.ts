import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { graphiqlMarkup, graphiqlScript, graphiqlStyle } from './graphiql-page.js';

const packagesFolder = new URL('../../../node_modules/', import.meta.url);
const queriesFolder = new URL('../../../docs/queries/', import.meta.url);
/** The questions that open as tabs, in this order. */
const tabs = [
  'inheritance-paths',
  'identity',
  'effective-permissions',
  'who-can',
  'why-not',
  'findings-by-bringing-edge',
];

const policy = [
  "default-src 'none'",
  "style-src 'self' 'unsafe-inline'",
  "script-src 'self'",
  "connect-src 'self'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * GraphiQL at `/` and `/graphiql`, from the packages that are installed here: it loads nothing from any other address. The page
 * is open; its requests carry the token that is typed in, which is kept for the browser's tab only.
 */
export function addGraphiql(server: FastifyInstance): void {
  const examples = JSON.stringify(tabs.map(readExample)).replaceAll('<', '\\u003c');
  const page = graphiqlMarkup.replace('<!--examples-->', () => examples);
  for (const path of ['/', '/graphiql'])
    server.get(path, async (_request, reply) =>
      reply
        .header('content-security-policy', policy)
        .header('referrer-policy', 'no-referrer')
        .type('text/html; charset=utf-8')
        .send(page),
    );
  for (const [name, text] of Object.entries(readAssets())) {
    const type = name.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8';
    server.get(`/graphiql/${name}`, async (_request, reply) =>
      reply.header('cache-control', 'public, max-age=3600').type(type).send(text),
    );
  }
}

function readAssets(): Readonly<Record<string, string | Buffer>> {
  const read = (file: string) => readFileSync(new URL(file, packagesFolder));
  return {
    'page.css': graphiqlStyle,
    'page.js': graphiqlScript,
    'graphiql.css': read('graphiql/graphiql.min.css'),
    'graphiql.js': read('graphiql/graphiql.min.js'),
    'react.js': read('react/umd/react.production.min.js'),
    'react-dom.js': read('react-dom/umd/react-dom.production.min.js'),
  };
}

function readExample(name: string): { readonly query: string } {
  return { query: readFileSync(new URL(`${name}.graphql`, queriesFolder), 'utf8') };
}
