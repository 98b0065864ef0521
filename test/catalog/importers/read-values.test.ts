import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { readValues } from '../../../src/catalog/importers/read-values.js';
import { decodeUtf8 } from '../../../src/catalog/utf8-text.js';
import { fileOf } from './platform-world.js';

async function read(text: string, ...lists: readonly string[]) {
  const found: unknown[] = [];
  for await (const { value, path } of readValues(fileOf('f', text), new Set(lists)))
    found.push([path.join('/'), value]);
  return found;
}

describe('the reader of a platform’s values', () => {
  it.each([
    ['one document', '{"a":1}', [['', { a: 1 }]]],
    [
      'a list',
      '[{"a":1},{"b":2}]',
      [
        ['0', { a: 1 }],
        ['1', { b: 2 }],
      ],
    ],
    [
      'lines, each at its number',
      '{"a":1}\n\n{"b":2}\n',
      [
        ['0', { a: 1 }],
        ['2', { b: 2 }],
      ],
    ],
    [
      'documents in a row',
      '{\n"a":1}\n{\n"b":2}',
      [
        ['0', { a: 1 }],
        ['2', { b: 2 }],
      ],
    ],
    ['a byte order mark', '\ufeff{"a":1}', [['', { a: 1 }]]],
    ['YAML', 'a: 1\n', [['', { a: 1 }]]],
    [
      'a list in YAML',
      '- a: 1\n- b: 2\n',
      [
        ['0', { a: 1 }],
        ['1', { b: 2 }],
      ],
    ],
    [
      'documents of YAML',
      '# x\n---\na: 1\n--- # y\nb: 2\n---\n',
      [
        ['0', { a: 1 }],
        ['1', { b: 2 }],
      ],
    ],
    ['nothing', '', []],
  ])('reads %s', async (_what, text, expected) => {
    expect(await read(text)).toEqual(expected);
  });

  it('takes the items of named lists for values, in JSON and in YAML', async () => {
    const expected = [
      ['items/0', 1],
      ['items/1', 2],
      ['', { kind: 'List' }],
    ];
    expect(await read('{"items":[1,2],"kind":"List"}', 'items')).toEqual(expected);
    expect(await read('items: [1, 2]\nkind: List\n', 'items')).toEqual(expected);
  });

  it.each([
    ['a text that breaks off', '[{"a":1},', 'BROKEN_OFF'],
    ['YAML with a fault', 'a: [', 'SYNTAX'],
    ['YAML of many aliases', `a: &a [1]\nb: [${'*a,'.repeat(200)}]`, 'SYNTAX'],
  ])('refuses %s', async (_what, text, code) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'INVALID', details: { issues: [{ code }] } });
  });

  it('holds a value at a time: 128 MiB pass through a heap of 48', async () => {
    const load = (path: string) => pathToFileURL(resolve('dist/src/catalog/importers', path)).href;
    const script = `
      const { readPlatformFiles } = await import('${load('importers.js')}');
      const data = { displayName: 'bucket', notes: 'x'.repeat(60_000) };
      async function* pieces() {
        yield '[' + JSON.stringify({ name: 'roles/viewer', title: 'Viewer', includedPermissions: ['storage.objects.get'] });
        for (let i = 0; i < 2200; i++) {
          const name = '//storage.googleapis.com/b' + i;
          yield ',' + JSON.stringify({ name, assetType: 'storage.googleapis.com/Bucket', ancestors: ['projects/1'],
            resource: { data }, iamPolicy: { bindings: [{ role: 'roles/viewer', members: ['user:u' + i + '@acme.example'] }] } });
        }
        yield ']';
      }
      async function* files() { yield { name: 'assets.json', pieces: pieces() }; }
      const { rows } = await readPlatformFiles('gcp', 'cloud', files());
      console.log(rows.size);`;
    const options = ['--max-old-space-size=48', '--input-type=module', '-e', script];
    const { stdout } = await promisify(execFile)(process.execPath, options);
    expect(stdout.trim()).toBe(String(3 * 2200));
  });
});

describe('the decoder of UTF-8', () => {
  async function decode(...chunks: readonly (readonly number[])[]) {
    async function* stream() {
      for (const chunk of chunks) yield Uint8Array.from(chunk);
    }
    let text = '';
    for await (const piece of decodeUtf8('`f`', stream())) text += piece;
    return text;
  }

  it('joins characters that chunks cut, and drops a byte order mark', async () => {
    expect(await decode([0xef, 0xbb, 0xbf, 0x61, 0xe2], [0x82], [0xac])).toBe('a€');
  });

  it.each([
    ['a byte that begins no character', [[0x61, 0xff]], '`f` is no UTF-8 near byte 1; convert it'],
    ['a character that breaks off', [[0x61], [0xe2, 0x82]], '`f` is no UTF-8 at its end; convert it'],
    ['UTF-16', [[0xff, 0xfe, 0x61, 0]], 'UTF-16'],
  ])('refuses %s', async (_what, chunks, message) => {
    await expect(decode(...chunks)).rejects.toThrow(message);
  });
});
