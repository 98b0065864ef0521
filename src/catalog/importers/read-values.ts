import { maxYamlBytes, parseDocumentText } from '../document-text.js';
import { createJsonScanner, type ScannedValue } from './json-scanner.js';
import { type PlatformFile, placeOf, refusal, refused } from './platform-import.js';

/** A value of a file, and the steps that lead to it. */
export interface PlacedValue {
  readonly value: unknown;
  readonly path: readonly PropertyKey[];
  /** Name of the list whose item it is, where that was asked for. */
  readonly list?: string;
  /** Names of the value's lists whose items were values of their own, before it. */
  readonly cut: readonly string[];
}

/**
 * The values of a file of JSON or YAML: the items of a list at its top, and of those of `lists` that an object at its top has;
 * else its documents, or lines, each at the number of its line, from 0. JSON is held a value at a time, YAML whole.
 * @throws GraphError INVALID
 */
export async function* readValues(
  file: PlatformFile,
  lists: ReadonlySet<string> = new Set(),
): AsyncGenerator<PlacedValue> {
  const { head, pieces } = await peekText(file);
  if (/^\s*[[{]/.test(head)) yield* readJson(file.name, pieces, lists);
  else yield* readYaml(file.name, await wholeText(file.name, pieces, maxYamlBytes), lists);
}

export function hasKey<Key extends string>(value: unknown, key: Key): value is Readonly<Record<Key, unknown>> {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}

const headLength = 4096;

/** How the text begins, without a byte order mark, and all of it. */
export async function peekText({ pieces }: PlatformFile): Promise<{
  readonly head: string;
  readonly pieces: AsyncIterable<string>;
}> {
  const iterator = pieces[Symbol.asyncIterator]();
  let head = '';
  while (head.length < headLength) {
    const next = await iterator.next();
    if (next.done) break;
    head += next.value;
  }
  const begun = head.startsWith('\ufeff') ? head.slice(1) : head;
  async function* all(): AsyncGenerator<string> {
    yield begun;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return { head: begun, pieces: all() };
}

/** @throws GraphError INVALID where it is longer than so many UTF-16 units */
export async function wholeText(file: string, pieces: AsyncIterable<string>, maxLength: number): Promise<string> {
  const all: string[] = [];
  let length = 0;
  for await (const piece of pieces) {
    all.push(piece);
    length += piece.length;
    if (length > maxLength)
      throw refusal(`${file}#`, 'TOO_LARGE', `is no JSON, and longer than ${maxLength} characters`, 'send JSON');
  }
  return all.join('');
}

async function* readJson(
  file: string,
  pieces: AsyncIterable<string>,
  lists: ReadonlySet<string>,
): AsyncGenerator<PlacedValue> {
  const scanner = createJsonScanner(lists, (code, message, hint) => {
    throw refusal(`${file}#`, code, message, hint);
  });
  // A value that is alone is the document, without the number of its line.
  let alone: ScannedValue | undefined;
  let isFirst = true;
  function* place(values: readonly ScannedValue[]): Generator<PlacedValue> {
    for (const scanned of values) {
      if (alone !== undefined) yield placed(alone, [alone.line - 1]);
      if (alone !== undefined) isFirst = false;
      alone = undefined;
      if (isFirst && scanned.path.length === 0) alone = scanned;
      else yield placed(scanned, isFirst ? [] : [scanned.line - 1]);
    }
  }
  for await (const piece of pieces) yield* place(scanner.push(piece));
  yield* place(scanner.end());
  if (alone !== undefined) yield placed(alone, []);
}

function placed({ line: _, path, ...scanned }: ScannedValue, prefix: readonly PropertyKey[]): PlacedValue {
  return { ...scanned, path: [...prefix, ...path] };
}

/** A line of `---` begins a document; none can stand within one. */
function* readYaml(file: string, text: string, lists: ReadonlySet<string>): Generator<PlacedValue> {
  const documents = text.split(/^---(?=\s|$)/m).filter((document) => document.replace(/^\s*#.*$/gm, '').trim() !== '');
  for (const [at, document] of documents.entries()) {
    const path = documents.length > 1 ? [at] : [];
    const parsed = parseDocumentText(document);
    if (parsed.kind === 'invalid')
      throw refused(parsed.issues.map((issue) => ({ ...issue, pointer: `${placeOf(file, path)}${issue.pointer}` })));
    yield* spread(parsed.document, path, lists);
  }
}

function* spread(value: unknown, path: readonly PropertyKey[], lists: ReadonlySet<string>): Generator<PlacedValue> {
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) yield { value: item, path: [...path, at], cut: [] };
    return;
  }
  if (typeof value !== 'object' || value === null) {
    if (value !== null) yield { value, path, cut: [] };
    return;
  }
  const members = Object.entries(value);
  const cut = members.filter(([name, items]) => lists.has(name) && Array.isArray(items));
  for (const [name, items] of cut)
    for (const [at, item] of (items as readonly unknown[]).entries())
      yield { value: item, path: [...path, name, at], list: name, cut: [] };
  const names = cut.map(([name]) => name);
  yield { value: Object.fromEntries(members.filter(([name]) => !names.includes(name))), path, cut: names };
}
