/** How the text is refused; the message says the line. */
export type Fail = (code: string, message: string, hint: string) => never;

/** The part of a text of JSON that is being read. */
export interface TextWindow {
  push(piece: string): void;
  /** The next character that is no white space; absent: nothing so far. */
  next(): string | undefined;
  skip(characters: number): void;
  /** The text of the value that begins here, once it is there whole. `isEnd`: nothing follows. */
  takeValue(isEnd: boolean): string | undefined;
  /** Where the reading is, or the value began that was taken last; from 1. */
  line(): number;
  refuse(message: string): never;
}

/** Longer ones are no value of a platform's file. In UTF-16 units. */
const maxValueLength = 64 * 1024 * 1024;
const maxValueDepth = 128;
const space = /[^ \t\r\n]/g;
const structural = /["{}[\]]/g;
const quoteOrEscape = /["\\]/g;
const scalarEnd = /[\s,\]}:]/g;

export function createTextWindow(fail: Fail): TextWindow {
  let text = '';
  let at = 0;
  let line = 1;
  /** Line breaks before it are counted. */
  let counted = 0;
  // Where the search for the end of the value stands.
  let scanned = 0;
  let depth = 0;
  let inString = false;

  function countTo(end: number): void {
    for (let found = text.indexOf('\n', counted); found >= 0 && found < end; found = text.indexOf('\n', found + 1))
      line++;
    counted = end;
  }
  function find(pattern: RegExp, from: number): number {
    pattern.lastIndex = from;
    return pattern.exec(text)?.index ?? -1;
  }
  const refuse = (message: string): never =>
    fail('SYNTAX', `line ${line}: ${message}`, 'send the file as it was exported');

  /** Behind the closing quote; absent: it is not there yet. */
  function passString(): boolean {
    for (let found = find(quoteOrEscape, scanned); found >= 0; found = find(quoteOrEscape, scanned)) {
      scanned = found + (text[found] === '"' ? 1 : 2);
      if (text[found] !== '"') continue;
      inString = false;
      return true;
    }
    scanned = Math.max(scanned, text.length);
    return false;
  }
  function passStructure(): boolean {
    while (true) {
      if (inString && !passString()) return false;
      if (depth === 0 && scanned > at) return true;
      const found = find(structural, scanned);
      if (found < 0) {
        scanned = text.length;
        return false;
      }
      scanned = found + 1;
      const mark = text[found] as string;
      if (mark === '"') inString = true;
      else depth += mark === '{' || mark === '[' ? 1 : -1;
      if (depth > maxValueDepth)
        fail('TOO_DEEP', `line ${line}: nests deeper than ${maxValueDepth}`, 'send the file as it was exported');
      if (depth === 0 && !inString) return true;
    }
  }
  function passScalar(isEnd: boolean): boolean {
    const found = find(scalarEnd, scanned);
    scanned = found < 0 ? text.length : found;
    return found >= 0 || isEnd;
  }

  return {
    line: () => line,
    refuse,
    push(piece) {
      countTo(at);
      text = text.slice(at) + piece;
      scanned = Math.max(scanned - at, 0);
      counted -= at;
      at = 0;
      if (text.length > maxValueLength + piece.length)
        fail(
          'TOO_LARGE',
          `line ${line}: a value is longer than ${maxValueLength} characters`,
          'split it, or leave it out',
        );
    },
    next() {
      const found = find(space, at);
      at = found < 0 ? text.length : found;
      scanned = Math.max(scanned, at);
      countTo(at);
      return found < 0 ? undefined : text[at];
    },
    skip(characters) {
      at += characters;
      scanned = at;
    },
    takeValue(isEnd) {
      const first = text[at] as string;
      const isScalar = !'"{['.includes(first);
      if (!(isScalar ? passScalar(isEnd) : passStructure())) return undefined;
      // What begins no value is one character of what nobody can parse.
      if (scanned === at) scanned++;
      const value = text.slice(at, scanned);
      at = scanned;
      return value;
    },
  };
}
