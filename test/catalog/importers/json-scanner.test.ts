import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createJsonScanner, type ScannedValue } from '../../../src/catalog/importers/json-scanner.js';

function scan(text: string, lengths: readonly number[] = [1_000_000], lists: readonly string[] = []) {
  const scanner = createJsonScanner(new Set(lists), (code, message) => {
    throw new Error(`${code} ${message}`);
  });
  const found: ScannedValue[] = [];
  for (let at = 0, i = 0; at < text.length; i++) {
    const length = lengths[i % lengths.length] as number;
    found.push(...scanner.push(text.slice(at, at + length)));
    at += length;
  }
  return [...found, ...scanner.end()];
}
const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 });
const space = fc.constantFrom('', ' ', '\n', '\r\n\t');

describe('the scanner of JSON', () => {
  it('finds what JSON.parse finds, however the text is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), space, lengths, (items, gap, cuts) => {
        const text = `${gap}[${items.map((item) => JSON.stringify(item, null, gap)).join(`${gap},${gap}`)}]${gap}`;
        expect(scan(text, cuts).map(({ value }) => value)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('finds objects one after another, with lists cut out of them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ a: fc.jsonValue(), users: fc.array(fc.jsonValue()), z: fc.jsonValue() })),
        lengths,
        (objects, cuts) => {
          const text = objects.map((object) => JSON.stringify(object)).join('\n');
          const expected = objects.flatMap(({ users, ...rest }, line) => [
            ...users.map((value, at) => ({ value, path: ['users', at], line: line + 1, list: 'users', cut: [] })),
            { value: rest, path: [], line: line + 1, cut: ['users'] },
          ]);
          expect(scan(text, cuts, ['users'])).toEqual(JSON.parse(JSON.stringify(expected)));
        },
      ),
    );
  });

  it('keeps a member of the name __proto__ a member', () => {
    expect(scan('{"__proto__":{"admin":true}}')[0]?.value).toEqual(JSON.parse('{"__proto__":{"admin":true}}'));
  });

  it.each([
    ['[1,2', 'BROKEN_OFF the text ends within the value that begins on line 1'],
    ['{"a":1}\n{"b":[1,', 'BROKEN_OFF the text ends within the value that begins on line 2'],
    ['{"a":"x', 'BROKEN_OFF the text ends within the value that begins on line 1'],
    ['[1 2]', 'SYNTAX line 1: expected `,`, found `2`'],
    ['[1,]', 'SYNTAX line 1'],
    ['{"a" 1}', 'SYNTAX line 1: expected `:`, found `1`'],
    ['{a:1}', 'SYNTAX line 1: expected a name in quotes, found `a`'],
    ['[\n{"a":1},\n{"b":tru}]', 'SYNTAX line 3'],
    ['[[1}]', 'SYNTAX line 1'],
    [']', 'SYNTAX line 1'],
    [`[${'['.repeat(200)}`, 'TOO_DEEP line 1: nests deeper than 128'],
  ])('refuses %s', (text, message) => {
    for (const cut of [1, 3, 1000]) expect(() => scan(text, [cut])).toThrow(message);
  });
});
