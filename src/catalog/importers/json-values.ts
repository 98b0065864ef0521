import { refusal } from './platform-import.js';

/** A value of a file of JSON, and the steps that lead to it. */
export interface PlacedValue {
  readonly value: unknown;
  readonly path: readonly PropertyKey[];
}

/** One JSON value or the items of a list; else one on each line, each at the number of its line, from 0. @throws GraphError INVALID */
export function readJsonValues(file: string, text: string): readonly PlacedValue[] {
  const whole = parseJson(text);
  if (whole === undefined) return text.split('\n').flatMap((line, at) => readLine(file, line, at));
  return Array.isArray(whole) ? whole.map((value, at) => ({ value, path: [at] })) : [{ value: whole, path: [] }];
}

export function hasKey(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && key in value;
}

function readLine(file: string, line: string, at: number): readonly PlacedValue[] {
  if (line.trim() === '') return [];
  const value = parseJson(line);
  if (value !== undefined) return [{ value, path: [at] }];
  throw refusal(`${file}#/${at}`, 'SYNTAX', `line ${at + 1} is no JSON`, 'send the file as it was exported');
}

/** Absent: no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
