import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

/** What Jest's `--json` says of a run. */
interface Report {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly testResults: readonly {
    /** Why a file could not be run at all; empty where it was. */
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** What did not pass, each with its reason: a test by its name, a file that could not be run by what it said. */
const notPassed = ({ testResults }: Report): readonly string[] =>
  testResults.flatMap(({ message, assertionResults }) =>
    assertionResults.length === 0
      ? [message]
      : assertionResults
          .filter(({ status }) => status !== 'passed')
          .map(({ status, fullName, failureMessages }) => [`${status}: ${fullName}`, ...failureMessages].join('\n')),
  );

/**
 * The store has two drivers, and each Node knows which is its own. The whole suite runs again, in a process of its own, under
 * a Node that has SQLite built in. Where that Node cannot be installed this fails.
 */
describe('the suite of the stores', () => {
  it('passes with the SQLite that is built into Node too', async () => {
    const newerNode = execFileSync(process.execPath, ['scripts/newer-node.mjs'], { encoding: 'utf8' }).trim();
    const driver = execFileSync(
      newerNode,
      [
        '--no-warnings',
        '-p',
        `import('./dist/src/store/sqlite/driver.js').then(({ driverName }) => console.log(driverName)), ''`,
      ],
      { encoding: 'utf8' },
    );
    expect(driver.trim()).toBe('node:sqlite');
    const folder = mkdtempSync(join(tmpdir(), 'identity-graph-report-'));
    const report = join(folder, 'report.json');
    const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
    const files = ['sqlite', 'folder', 'query-plan'].map((name) => resolve(`dist/test/store/${name}.test.js`));
    // Its exit code says the same as its report, which says more.
    await promisify(execFile)(newerNode, [
      ...jest,
      '--maxWorkers=1',
      '--json',
      `--outputFile=${report}`,
      '--runTestsByPath',
      ...files,
    ]).catch(() => undefined);
    const told: Report = JSON.parse(readFileSync(report, 'utf8'));
    rmSync(folder, { recursive: true });
    expect(notPassed(told)).toEqual([]);
    expect(told.success).toBe(true);
    expect(told.numPassedTests).toBeGreaterThan(140);
  }, 300_000);
});
