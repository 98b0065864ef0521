import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { graphiqlMarkup, graphiqlScript, graphiqlStyle } from './graphiql-page.js';

const queriesFolder = new URL('../../../docs/queries/', import.meta.url);

/**
 * The page at which queries are written by hand: one document that loads nothing from anywhere and talks to `/graphql`
 * alone. The page is open; its requests carry the token that is typed in, which it keeps for the browser's tab only.
 */
export function addGraphiql(server: FastifyInstance): void {
  const examples = readExamples();
  const data = JSON.stringify(examples).replaceAll('<', '\\u003c');
  const page = graphiqlMarkup
    .replace('<!--style-->', () => `<style>${graphiqlStyle}</style>`)
    .replace('<!--examples-->', () => `<script type="application/json" id="examples">${data}</script>`)
    .replace('<!--script-->', () => `<script>${graphiqlScript}</script>`);
  const policy = [
    "default-src 'none'",
    `style-src '${sha256(graphiqlStyle)}'`,
    `script-src '${sha256(graphiqlScript)}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  for (const path of ['/', '/graphiql'])
    server.get(path, async (_request, reply) =>
      reply
        .header('content-security-policy', policy)
        .header('referrer-policy', 'no-referrer')
        .type('text/html; charset=utf-8')
        .send(page),
    );
}

/** The queries of the documentation, by name. */
function readExamples(): readonly { readonly name: string; readonly query: string }[] {
  return readdirSync(queriesFolder)
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((name) => ({
      name: name.replace(/\.graphql$/, ''),
      query: readFileSync(new URL(name, queriesFolder), 'utf8'),
    }));
}

function sha256(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}
