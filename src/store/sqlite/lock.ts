import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { GraphError } from '../../kernel/errors.js';
import { openLockFile } from './driver.js';

export const databaseFileName = 'identity-graph.db';
const lockFileName = 'identity-graph.lock';

/**
 * Makes the folder where it is missing and takes it for this process until `release`, or until the process ends in
 * whatever way: the operating system drops the lock then.
 * @throws GraphError UNAVAILABLE in one line where the folder cannot be written, or another process holds it
 */
export function lockFolder(folder: string): { release(): void } {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    throw new GraphError('UNAVAILABLE', `the folder \`${folder}\` cannot be written (${reason}); choose another`);
  }
  const lock = openLockFile(join(folder, lockFileName));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    throw new GraphError(
      'UNAVAILABLE',
      `the folder \`${folder}\` is in use by another serve, import or restore; stop that first`,
      {},
      { cause },
    );
  }
  return { release: () => lock.close() };
}
