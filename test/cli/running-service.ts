import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { endsOnce } from '../ends-once.js';

const program = resolve(process.cwd(), 'dist/src/main.js');

/** How a command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunningCommand {
  readonly child: ChildProcess;
  /** What it printed on standard output so far. */
  out(): string;
  /** Resolves with what matched once it was printed; rejects if the command ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** As `printed`, of standard error. */
  told(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<Ended>;
}

/** Starts the command line as a process of its own, with a small environment. */
export function startCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): RunningCommand {
  return startProcess(process.execPath, ['--no-warnings', program, ...args], environment);
}

/** Runs a script of package.json. */
export function startNpm(script: string, environment: Readonly<Record<string, string>> = {}): RunningCommand {
  return startProcess('npm', ['run', script], environment);
}

function startProcess(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): RunningCommand {
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text.out += piece;
  });
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    text.err += piece;
  });
  // npm passes this signal on, and no other that ends.
  const end = endsOnce(() => void child.kill('SIGTERM'));
  const ended = new Promise<Ended>((done) =>
    child.once('close', (code) => {
      void end();
      done({ code, ...text });
    }),
  );
  const seen = (stream: 'out' | 'err', from: NodeJS.ReadableStream) => (pattern: RegExp) =>
    new Promise<RegExpExecArray>((done, fail) => {
      const look = () => {
        const match = pattern.exec(text[stream]);
        if (match) done(match);
      };
      from.on('data', look);
      look();
      void ended.then((how) =>
        fail(new Error(`it ended with ${how.code} before it printed ${pattern}\n${how.out}${how.err}`)),
      );
    });
  return {
    child,
    out: () => text.out,
    printed: seen('out', child.stdout),
    told: seen('err', child.stderr),
    ended,
  };
}

export function runCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return startCommand(args, environment).ended;
}

export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

export function createTemporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'identity-graph-cli-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
