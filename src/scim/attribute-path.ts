import { type AttributeRef, checkNameParts, resolveName } from './attribute-name.js';
import type { Reader } from './dialect.js';
import type { Filter } from './filter.js';
import { createLexer, type Lexer } from './filter-lexer.js';
import { parseElementFilter } from './filter-parser.js';
import { findSubAttribute, type Schema } from './schema.js';
import { ScimError } from './scim-error.js';

/** What a PATCH operation is aimed at (RFC 7644 §3.5.2). */
export type AttributePath =
  /** `attribute`, `attribute.sub`, `attribute[filter]` or `attribute[filter].sub`, with or without a URN before it. */
  | { readonly kind: 'attribute'; readonly ref: AttributeRef; readonly filter?: Filter }
  /** A URN alone. */
  | { readonly kind: 'extension'; readonly schema: Schema }
  /** A well-formed path of an attribute that the resource type lacks. */
  | { readonly kind: 'unknown'; readonly text: string };

/** Reads a path. Throws `invalidPath` for anything that is none, and for names that could reach a prototype. */
export function parseAttributePath(text: string, reader: Reader): AttributePath {
  if (text.length > reader.limits.pathLength) {
    throw new ScimError('invalidPath', `path is longer than ${reader.limits.pathLength} characters`);
  }
  const bracket = text.indexOf('[');
  const name = bracket === -1 ? text : text.slice(0, bracket);
  const resolved = resolveName(name.trim(), reader);
  if (resolved.kind === 'unknown') {
    checkNameParts(text);
    return { kind: 'unknown', text };
  }
  if (bracket === -1) return resolved;
  if (resolved.kind === 'extension' || resolved.ref.sub) {
    throw new ScimError('invalidPath', `\`${name}\` cannot be followed by a filter; put it after the attribute`);
  }
  return parseValuePath(resolved.ref, text.slice(bracket + 1), reader);
}

function parseValuePath(ref: AttributeRef, afterBracket: string, reader: Reader): AttributePath {
  if (!ref.attribute.multiValued && ref.attribute.type !== 'complex') {
    throw new ScimError('invalidPath', `\`${ref.attribute.name}\` has one value; it takes no filter`);
  }
  const lexer = createLexer(afterBracket);
  const filter = asPathFault(() => parseElementFilter(lexer, ref, reader));
  const sub = parseTail(lexer, ref);
  return { kind: 'attribute', ref: sub ? { ...ref, sub } : ref, filter };
}

function parseTail(lexer: Lexer, { attribute }: AttributeRef) {
  const tail = lexer.rest().trim();
  if (tail === '') return undefined;
  checkNameParts(tail);
  const sub = tail.startsWith('.') ? findSubAttribute(attribute, tail.slice(1)) : undefined;
  if (sub) return sub;
  throw new ScimError(
    'invalidPath',
    `\`${tail.slice(0, 100)}\` after the filter names no sub-attribute of \`${attribute.name}\``,
  );
}

/** A fault of the filter inside a path is a fault of the path. */
function asPathFault<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ScimError && error.scimType === 'invalidFilter') {
      throw new ScimError('invalidPath', error.message, { cause: error });
    }
    throw error;
  }
}
