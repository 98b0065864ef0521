import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphError } from '../kernel/errors.js';

/**
 * The 32 bytes that seal revisions and cursors: those given (64 hexadecimal digits), else those of the file
 * `secret.key` in the folder, which is made readable by its owner only where it is absent.
 * @throws GraphError UNAVAILABLE where the file is there and holds something else
 */
export function getSecretKey(folder: string, given?: string): Buffer {
  if (given !== undefined) return Buffer.from(given, 'hex');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'secret.key');
  try {
    // INVARIANT: of two processes that start at once one makes the file, and both read that one.
    writeFileSync(path, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const text = readFileSync(path, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new GraphError('UNAVAILABLE', `\`${path}\` does not hold a key; restore it, or remove it to make another`);
  return Buffer.from(text, 'hex');
}
