import { createTextWindow, type Fail, type TextWindow } from './text-window.js';

/** A value of a text of JSON, as soon as it has ended. */
export interface ScannedValue {
  readonly value: unknown;
  /** The steps that lead to it from the value at the top that holds it. */
  readonly path: readonly PropertyKey[];
  /** Line on which that value at the top begins, from 1. */
  readonly line: number;
  /** Name of the list of an object at the top whose item it is. */
  readonly list?: string;
  /** An object at the top: names of its lists whose items came before it, and are not in it. */
  readonly cut: readonly string[];
}

/** Takes a text in pieces, and holds no more of it than the value that is being read. */
export interface JsonScanner {
  push(piece: string): readonly ScannedValue[];
  /** @throws GraphError INVALID where the text breaks off */
  end(): readonly ScannedValue[];
}

type Container =
  | { readonly kind: 'array'; count: number }
  | { readonly kind: 'object'; readonly members: [string, unknown][]; readonly cut: string[]; key?: string | undefined }
  | { readonly kind: 'list'; readonly name: string; count: number };
/** What may come next in the innermost container. */
type Expected = 'first' | 'item' | 'colon' | 'separator';

/**
 * Reads values one after another, however they are separated: one document, JSON lines, documents in a row. Of a list at the
 * top each item is a value; so is each item of a list that an object at the top holds under one of the names in `lists`.
 */
export function createJsonScanner(lists: ReadonlySet<string>, fail: Fail): JsonScanner {
  const window = createTextWindow(fail);
  const found: ScannedValue[] = [];
  const stack: Container[] = [];
  let expected: Expected = 'first';
  let topLine = 1;

  function deliver(value: unknown, more: Pick<ScannedValue, 'path'> & Partial<ScannedValue>): void {
    found.push({ value, line: topLine, cut: [], ...more });
  }
  function open(container: Container): void {
    window.skip(1);
    stack.push(container);
    expected = 'first';
  }
  function close(): void {
    window.skip(1);
    const ended = stack.pop();
    expected = 'separator';
    if (ended?.kind === 'object') deliver(Object.fromEntries(ended.members), { path: [], cut: ended.cut });
  }

  /** False: more text is needed. */
  function step(isEnd: boolean): boolean {
    const next = window.next();
    if (next === undefined) return false;
    const inner = stack.at(-1);
    if (inner === undefined) return stepTop(next, isEnd);
    const closes = next === (inner.kind === 'object' ? '}' : ']');
    if (closes && (expected === 'first' || expected === 'separator')) close();
    else if (expected === 'separator') return separate(next, ',', 'item');
    else if (expected === 'colon') return separate(next, ':', 'item');
    else if (inner.kind === 'object') return stepObject(inner, next, isEnd);
    else return stepItem(inner, isEnd);
    return true;
  }
  function separate(next: string, mark: string, then: Expected): boolean {
    if (next !== mark) window.refuse(`expected \`${mark}\`, found \`${next}\``);
    window.skip(1);
    expected = then;
    return true;
  }
  function stepTop(next: string, isEnd: boolean): boolean {
    topLine = window.line();
    if (next === '[') open({ kind: 'array', count: 0 });
    else if (next === '{') open({ kind: 'object', members: [], cut: [] });
    else return read(isEnd, (value) => deliver(value, { path: [] }));
    return true;
  }
  function stepItem(inner: Exclude<Container, { readonly kind: 'object' }>, isEnd: boolean): boolean {
    return read(isEnd, (value) => {
      const { count } = inner;
      deliver(value, inner.kind === 'list' ? { path: [inner.name, count], list: inner.name } : { path: [count] });
      inner.count++;
      expected = 'separator';
    });
  }
  function stepObject(inner: Extract<Container, { readonly kind: 'object' }>, next: string, isEnd: boolean): boolean {
    const { key } = inner;
    if (key === undefined) {
      if (next !== '"') window.refuse(`expected a name in quotes, found \`${next}\``);
      return read(isEnd, (value) => {
        inner.key = value as string;
        expected = 'colon';
      });
    }
    if (next === '[' && lists.has(key)) {
      inner.cut.push(key);
      inner.key = undefined;
      open({ kind: 'list', name: key, count: 0 });
      return true;
    }
    return read(isEnd, (value) => {
      inner.members.push([key, value]);
      inner.key = undefined;
      expected = 'separator';
    });
  }
  function read(isEnd: boolean, take: (value: unknown) => void): boolean {
    const text = window.takeValue(isEnd);
    if (text === undefined) return false;
    take(parse(text, window));
    return true;
  }

  function run(isEnd: boolean): readonly ScannedValue[] {
    while (step(isEnd));
    return found.splice(0);
  }
  return {
    push(piece) {
      window.push(piece);
      return run(false);
    },
    end() {
      const last = run(true);
      if (stack.length > 0 || window.next() !== undefined)
        fail(
          'BROKEN_OFF',
          `the text ends within the value that begins on line ${topLine}`,
          'export it again, and whole',
        );
      return last;
    },
  };
}

function parse(text: string, window: TextWindow): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return window.refuse(error instanceof Error ? error.message : 'cannot be read');
  }
}
