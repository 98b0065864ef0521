import { type Document, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Issue } from '../kernel/errors.js';
import type { Parsed } from './document-issues.js';

export const maxDocumentBytes = 64 * 1024 * 1024;
/** YAML is read far more slowly than JSON. */
export const maxYamlBytes = 8 * 1024 * 1024;
/** Also how much they may multiply what they stand for. */
export const maxYamlAliases = 100;
/** How deep lists and objects may nest. */
export const maxDocumentDepth = 64;
/** The YAML parser recurses: text that looks deeper is not given to it, since that could end the process. */
const maxYamlNesting = 4 * maxDocumentDepth;

/** JSON or YAML 1.2 (core schema, text keys). Faults of syntax say their line. */
export function parseDocumentText(text: string): Parsed<unknown> {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxDocumentBytes) return invalid('TOO_LARGE', `is longer than ${maxDocumentBytes} bytes`, 'split it');
  const json = text.trimStart().startsWith('{') ? parseJson(text) : undefined;
  const parsed = json ?? (bytes > maxYamlBytes ? tooLongForYaml() : parseYaml(text));
  return parsed.kind === 'parsed' && isDeeperThan(parsed.document, maxDocumentDepth) ? tooDeep() : parsed;
}

/** Absent: no JSON; YAML, which contains JSON, then says where it is wrong. */
function parseJson(text: string): Parsed<unknown> | undefined {
  try {
    return { kind: 'parsed', document: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function parseYaml(text: string): Parsed<unknown> {
  if (looksDeep(text)) return tooDeep();
  const lines = new LineCounter();
  try {
    // The parser's own search for repeated keys takes the square of their number.
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
      uniqueKeys: false,
    });
    const faults = [...document.errors, ...document.warnings].map((fault) => [fault.pos[0], fault.message] as const);
    const issues = [...faults, ...treeFaults(document)].map(([at, message]) => syntaxIssue(lines, at, message));
    if (issues.length > 0) return { kind: 'invalid', issues };
    return { kind: 'parsed', document: document.toJS({ maxAliasCount: maxYamlAliases }) };
  } catch (error) {
    return invalid('SYNTAX', error instanceof Error ? error.message : 'cannot be read', 'write it without tricks');
  }
}

/** Keys that are there twice, and aliases beyond the limit, each with its offset. */
function treeFaults(document: Document): readonly (readonly [number, string])[] {
  const faults: (readonly [number, string])[] = [];
  let aliases = 0;
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) faults.push([key.range?.[0] ?? 0, `the key \`${key.value}\` is there already`]);
        seen.add(key.value);
      }
    },
    Alias(_, { range }) {
      if (++aliases === maxYamlAliases + 1) faults.push([range?.[0] ?? 0, `has more than ${maxYamlAliases} aliases`]);
    },
  });
  return faults;
}

function syntaxIssue(lines: LineCounter, offset: number, message: string): Issue {
  const { line, col } = lines.linePos(offset);
  return {
    pointer: '',
    code: 'SYNTAX',
    message: `line ${line}, column ${col}: ${message}`,
    hint: 'correct it there; what follows may be wrong because of it',
  };
}

/** Brackets that stay open, or one line's indentation and list marks, beyond what any sound document has. */
function looksDeep(text: string): boolean {
  let open = 0;
  let lead: number | undefined = 0;
  for (const character of text) {
    if (character === '[' || character === '{') open++;
    else if ((character === ']' || character === '}') && open > 0) open--;
    if (character === '\n') lead = 0;
    else if (lead !== undefined) lead = ' \t-?:'.includes(character) ? lead + 1 : undefined;
    if (open > maxYamlNesting || (lead ?? 0) > maxYamlNesting) return true;
  }
  return false;
}

function tooDeep(): Parsed<never> {
  return invalid('TOO_DEEP', `nests deeper than ${maxDocumentDepth}`, 'flatten it');
}

function tooLongForYaml(): Parsed<unknown> {
  return invalid('TOO_LARGE', `is no JSON, and longer than the ${maxYamlBytes} bytes that YAML may have`, 'send JSON');
}

function invalid(code: string, message: string, hint: string): Parsed<never> {
  return { kind: 'invalid', issues: [{ pointer: '', code, message, hint }] };
}

function isDeeperThan(value: unknown, depth: number): boolean {
  let level: unknown[] = [value];
  for (let i = 0; i <= depth; i++) {
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
    if (level.length === 0) return false;
  }
  return true;
}
