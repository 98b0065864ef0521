import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeFolder, removeFolder } from './sqlite-fixture.js';

/**
 * That a kill loses nothing shows atomicity only: the operating system keeps what a process wrote. What survives a loss of power
 * was synced to disk, and that is counted here, in the C library. Needs Linux and a C compiler (`cc`); without one it fails.
 */
describe('a write that is acknowledged', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await makeFolder();
  });
  afterAll(() => removeFolder(folder));

  it('was synced to disk before, each one on its own', () => {
    const library = join(folder, 'count-syncs.so');
    execFileSync('cc', ['-shared', '-fPIC', '-o', library, resolve('test/store/count-syncs.c'), '-ldl']);
    const child = fileURLToPath(new URL('./syncing-child.js', import.meta.url));
    const counter = join(folder, 'syncs');
    const output = execFileSync(process.execPath, ['--no-warnings', child, folder, counter], {
      env: { ...process.env, LD_PRELOAD: library, COUNT_SYNCS_TO: counter },
      encoding: 'utf8',
    });
    const counts = JSON.parse(output) as Record<'commits' | 'samples' | 'unsynced', readonly number[]>;
    expect(counts.commits).toHaveLength(20);
    expect(counts.commits.every((syncs) => syncs >= 1)).toBe(true);
    expect(counts.samples.every((syncs) => syncs >= 1)).toBe(true);
    expect(counts.unsynced).toEqual(Array(20).fill(0));
  });
});
