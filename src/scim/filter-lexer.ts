import { ScimError } from './scim-error.js';

/** A piece of a filter or path. `position` counts UTF-16 units from 0. */
export type Token =
  | { readonly kind: 'word' | 'text'; readonly text: string; readonly position: number }
  /** Text in single quotes, which only some dialects accept. */
  | { readonly kind: 'single-quoted'; readonly text: string; readonly position: number }
  | { readonly kind: '(' | ')' | '[' | ']' | 'end'; readonly position: number };

export interface Lexer {
  /** The next token, which stays. */
  peek(): Token;
  /** The next token, which is taken. */
  take(): Token;
  /** The characters of the input that follow the last token taken, spaces included. */
  rest(): string;
}

const space = /[ \t\r\n]*/y;
const word = /[^\s()[\]"']+/y;
const doubleQuoted = /"(?:[^"\\]|\\.)*"/sy;
const singleQuoted = /'((?:[^'\\]|\\.)*)'/sy;

/** Splits text into tokens as they are asked for. Throws `invalidFilter` at what is no token. */
export function createLexer(input: string): Lexer {
  let offset = 0;
  let next: { readonly token: Token; readonly end: number } | undefined;
  const look = () => {
    next ??= readToken(input, offset);
    return next;
  };
  return {
    peek: () => look().token,
    take() {
      const { token, end } = look();
      offset = end;
      next = undefined;
      return token;
    },
    rest: () => input.slice(offset),
  };
}

function readToken(input: string, from: number): { readonly token: Token; readonly end: number } {
  const position = from + (matchAt(space, input, from)?.[0].length ?? 0);
  const first = input[position];
  if (first === undefined) return { token: { kind: 'end', position }, end: position };
  if (first === '(' || first === ')' || first === '[' || first === ']') {
    return { token: { kind: first, position }, end: position + 1 };
  }
  if (first === '"') return readText(input, position);
  if (first === "'") return readSingleQuoted(input, position);
  const [text = first] = matchAt(word, input, position) ?? [];
  return { token: { kind: 'word', text, position }, end: position + text.length };
}

function readText(input: string, position: number) {
  const [quoted] = matchAt(doubleQuoted, input, position) ?? [];
  if (quoted === undefined)
    throw new ScimError('invalidFilter', `text that begins at position ${position} has no closing quote`);
  const token: Token = { kind: 'text', text: parseJsonText(quoted, position), position };
  return { token, end: position + quoted.length };
}

function readSingleQuoted(input: string, position: number) {
  const [quoted, inner = ''] = matchAt(singleQuoted, input, position) ?? [];
  if (quoted === undefined)
    throw new ScimError('invalidFilter', `text that begins at position ${position} has no closing quote`);
  const token: Token = { kind: 'single-quoted', text: inner.replace(/\\(['\\])/g, '$1'), position };
  return { token, end: position + quoted.length };
}

function parseJsonText(quoted: string, position: number): string {
  try {
    return JSON.parse(quoted);
  } catch (error) {
    throw new ScimError(
      'invalidFilter',
      `text at position ${position} is no JSON string; escape backslashes and control characters`,
      {
        cause: error,
      },
    );
  }
}

function matchAt(pattern: RegExp, input: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(input);
}
