import { LineCounter, parseDocument } from 'yaml';
import type { Issue } from '../kernel/errors.js';
import type { Parsed } from './document-issues.js';

export const maxDocumentBytes = 64 * 1024 * 1024;
/** YAML is read far more slowly than JSON. */
export const maxYamlBytes = 8 * 1024 * 1024;
/** How deep lists and objects may nest. */
export const maxDocumentDepth = 64;

/** JSON or YAML 1.2 (core schema, text keys, at most 100 aliases). Faults of syntax say their line. */
export function parseDocumentText(text: string): Parsed<unknown> {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxDocumentBytes) return invalid('TOO_LARGE', `is longer than ${maxDocumentBytes} bytes`, 'split it');
  const json = text.trimStart().startsWith('{') ? parseJson(text) : undefined;
  const parsed = json ?? (bytes > maxYamlBytes ? tooLongForYaml() : parseYaml(text));
  if (parsed.kind === 'parsed' && isDeeperThan(parsed.document, maxDocumentDepth))
    return invalid('TOO_DEEP', `nests deeper than ${maxDocumentDepth}`, 'flatten it');
  return parsed;
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
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
    const faults = [...document.errors, ...document.warnings];
    if (faults.length === 0) return { kind: 'parsed', document: document.toJS({ maxAliasCount: 100 }) };
    return { kind: 'invalid', issues: faults.map((fault) => syntaxIssue(lines, fault.pos[0], fault.message)) };
  } catch (error) {
    return invalid('SYNTAX', error instanceof Error ? error.message : 'cannot be read', 'write it without tricks');
  }
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
