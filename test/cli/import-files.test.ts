import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findImportFiles } from '../../src/cli/import-files.js';

describe('the files of an import', () => {
  let folder: string;
  const at = (...names: readonly string[]) => join(folder, ...names);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'identity-graph-files-'));
    mkdirSync(at('sub', '.git'), { recursive: true });
    mkdirSync(at('empty'));
    for (const name of ['b.json', 'a.TSV', 'LICENSE', 'sub/c.yaml', 'sub/.git/d.json', 'odd.txt'])
      writeFileSync(at(...name.split('/')), '');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are those of a folder and of the folders in it, but for hidden ones and what is no export', async () => {
    expect(await findImportFiles([folder])).toEqual({
      files: [at('a.TSV'), at('b.json'), at('sub', 'c.yaml')],
      leftOut: [at('LICENSE'), at('odd.txt'), at('sub', '.git', 'd.json')],
    });
  });

  it('are those that are named, whatever they end with, each once', async () => {
    const files = [at('a.TSV'), at('b.json'), at('odd.txt'), at('sub', 'c.yaml')];
    expect(await findImportFiles([at('sub'), at('odd.txt'), at('b.json'), at('b.json'), at('a.TSV')])).toEqual({
      files,
      leftOut: [at('sub', '.git', 'd.json')],
    });
  });

  it.each(['empty', 'nothing'])('are refused where there are none: %s', async (name) => {
    await expect(findImportFiles([at(name)])).rejects.toMatchObject({ code: 'INVALID' });
  });
});
