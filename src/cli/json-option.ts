import { readFileSync } from 'node:fs';
import { GraphError } from '../kernel/errors.js';

/** What an option holds: JSON, or `@` and a file of it. @throws GraphError INVALID, naming the option */
export function parseJsonOption(option: string, given: string): unknown {
  const text = given.startsWith('@') ? readTextFile(given.slice(1), option) : given;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new GraphError('INVALID', `${option} is no JSON; check its quotes, or give @ and a file`, {}, { cause });
  }
}

/** @throws GraphError INVALID where it is no JSON object */
export function parseObjectOption(option: string, given: string): object {
  const value = parseJsonOption(option, given);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new GraphError('INVALID', `${option} is no JSON object; see --help`);
}

/** @throws GraphError INVALID where it cannot be read */
export function readTextFile(file: string, option: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new GraphError('INVALID', `${option}: \`${file}\` cannot be read; check its path`, {}, { cause });
  }
}
