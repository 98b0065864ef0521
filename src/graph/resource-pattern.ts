import type { ResourcePattern } from './condition.js';
import { endOfMiddles, fitsAt, type Glob, parseGlob } from './glob.js';

/** How a resource, with all that it contains or may yet contain, lies to a pattern. */
export type Place = 'INSIDE' | 'OUTSIDE' | 'UNSETTLED';

/**
 * Where the resource of that absolute path lies. `INSIDE`: the pattern matches its path or that of one that contains it;
 * `OUTSIDE`: it matches no possible path at or below it, nor above; `UNSETTLED`: some of what it contains may be inside. Letter
 * case counts. The leading `/` of path and pattern is optional: `instance/*` and `/instance/*` say the same.
 */
export function placeOf(pattern: ResourcePattern, path: string): Place {
  const place = placeAmong(pattern.patterns, relative(path));
  return pattern.match === 'INSIDE' ? place : complement[place];
}

const complement = { INSIDE: 'OUTSIDE', OUTSIDE: 'INSIDE', UNSETTLED: 'UNSETTLED' } as const satisfies Record<
  Place,
  Place
>;

function placeAmong(patterns: readonly string[], path: string): Place {
  let place: Place = 'OUTSIDE';
  for (const pattern of patterns) {
    const glob = parseGlob(relative(pattern));
    if (coversPath(glob, path)) return 'INSIDE';
    if (mayMatchBelow(glob, path)) place = 'UNSETTLED';
  }
  return place;
}

function relative(path: string): string {
  return path.startsWith('/') ? path.slice(1) : path;
}

/** Whether the glob matches the path or one of its ancestors, the root (the empty path) among them. */
function coversPath(glob: Glob, path: string): boolean {
  if (glob.length === 1) {
    const end = glob[0].length;
    return isPathEnd(path, end) && fitsAt(glob[0], path, 0);
  }
  const from = endOfMiddles(glob, path);
  if (from === undefined) return false;
  const tail = glob[glob.length - 1] as string;
  for (let end = from + tail.length; end <= path.length; end++) {
    if (isPathEnd(path, end) && fitsAt(tail, path, end - tail.length)) return true;
  }
  return false;
}

/** Whether the path, cut there, is that of the resource or of one that contains it. */
function isPathEnd(path: string, end: number): boolean {
  return end === 0 || end === path.length || path[end] === '/';
}

/**
 * Whether a path strictly below could match. Once the first star is reached anything may follow; before it, what is
 * left of the pattern must still make a path.
 */
function mayMatchBelow(glob: Glob, path: string): boolean {
  const prefix = path === '' ? '' : `${path}/`;
  const [head] = glob;
  const read = Math.min(head.length, prefix.length);
  if (!fitsAt(head.slice(0, read), prefix, 0)) return false;
  // Where the prefix ends inside what a star took, a star leads what is left.
  return canBePath([head.slice(read), ...glob.slice(1)].join('*'));
}

/** Whether some choice for the wildcards makes it a relative path: segments that are not empty, joined by `/`. */
function canBePath(pattern: string): boolean {
  return pattern !== '' && !pattern.startsWith('/') && !pattern.endsWith('/') && !pattern.includes('//');
}
