import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spoolLimited } from '../../../src/catalog/edge/spool.js';
import { createTemporaryFolder, type TemporaryFolder } from '../../cli/running-service.js';

let folder: TemporaryFolder;
beforeAll(() => {
  folder = createTemporaryFolder();
});
afterAll(() => folder.remove());

const spool = (pieces: readonly string[], limitBytes = 1_000_000) =>
  spoolLimited(Readable.from(pieces.map((piece) => Buffer.from(piece))), `${folder.path}/body`, limitBytes);

async function linesOf(pieces: readonly string[], maxCharacters?: number): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of (await spool(pieces)).lines(maxCharacters)) lines.push(line);
  return lines;
}

describe('a body that was received', () => {
  it('is split at line feeds, wherever its pieces end', async () => {
    expect(await linesOf(['{"a":1}\r', '\n{"b"', ':2}\n\n{"c":"\u2028"}'])).toEqual([
      '{"a":1}',
      '{"b":2}',
      '',
      '{"c":"\u2028"}',
    ]);
    expect(await linesOf(['{"a":1}\n'])).toEqual(['{"a":1}']);
    expect(await linesOf([])).toEqual([]);
  });

  it('gives of a line that is too long only as much as shows it, and the next one whole', async () => {
    const long = 'x'.repeat(300_000);
    expect(await linesOf([long, long, '\nnext\n', long], 1000)).toEqual(['x'.repeat(1001), 'next', 'x'.repeat(1001)]);
  });

  it('is read to its end before it is refused for its size, so that its sender sees why', async () => {
    let sent = 0;
    const pieces = function* () {
      for (; sent < 100; sent++) yield Buffer.alloc(1000);
    };
    await expect(spoolLimited(Readable.from(pieces()), `${folder.path}/large`, 5000)).rejects.toMatchObject({
      code: 'TOO_LARGE',
    });
    expect(sent).toBe(100);
  });
});
