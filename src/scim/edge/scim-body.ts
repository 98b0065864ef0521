import type { FastifyInstance } from 'fastify';
import { HttpStatusError } from '../../http/http-status-error.js';
import { ScimError } from '../scim-error.js';

/** How deep JSON may nest where the source does not say: a SCIM document needs five levels, a bulk request three more. */
const defaultNesting = 64;
const [quote, backslash, openers, closers] = [0x22, 0x5c, [0x5b, 0x7b], [0x5d, 0x7d]] as const;

/** Reads every body as JSON, whatever kind it says it is or if it says none, with or without a byte order mark. */
export function addScimBodies(server: FastifyInstance): void {
  server.addHook('onRequest', async ({ headers }) => {
    // What names no kind of content is refused by the framework before any parser sees it.
    if (headers['content-type'] !== undefined) headers['content-type'] = 'application/scim+json';
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      checkEncoding(request.headers['content-encoding']);
      done(null, parseBody(body as Buffer, request.scim?.settings.limits.nesting ?? defaultNesting));
    } catch (error) {
      done(error as Error);
    }
  });
}

/** @throws HttpStatusError 415 for a body that is packed, with what is taken (RFC 9110 §15.5.16) */
function checkEncoding(encoding = 'identity'): void {
  if (encoding.trim().toLowerCase() === 'identity') return;
  throw new HttpStatusError(
    415,
    `the body is sent as \`${encoding.slice(0, 100)}\`, and no content encoding is taken; send it as it is`,
    { 'accept-encoding': 'identity' },
  );
}

/** Absent: there is no body. Throws `invalidSyntax`. */
function parseBody(bytes: Buffer, maxNesting: number): unknown {
  if (bytes.length === 0) return undefined;
  checkNesting(bytes, maxNesting);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ScimError('invalidSyntax', 'the body is no JSON in UTF-8; check its quotes and commas', { cause });
  }
}

/** Before parsing, so that no code of ours meets nesting that nobody means. */
function checkNesting(bytes: Buffer, maxNesting: number): void {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (inText) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (byte === openers[0] || byte === openers[1]) depth += 1;
    else if (byte === closers[0] || byte === closers[1]) depth -= 1;
    if (depth > maxNesting)
      throw new ScimError('invalidSyntax', `the body nests deeper than ${maxNesting} levels; send it flatter`);
  }
}
