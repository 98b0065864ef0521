import { type Glob, isWildcard, matchesGlob, parseGlob } from '../graph/glob.js';
import type { Plane } from '../graph/node.js';
import { fold } from '../graph/text.js';

/** Anything that stands for one action of an application. */
export interface Action {
  readonly plane: Plane;
  readonly action: string;
}

/** Which actions a statement speaks of: those that some pattern matches, less those that some exclusion does. */
export interface ActionPatterns {
  readonly plane: Plane;
  /** `*` is any run of characters, `?` is one, anywhere in the pattern. */
  readonly actions: readonly string[];
  /** Subtracted inside this statement alone; no deny. */
  readonly notActions?: readonly string[];
}

export interface Expansion<Item extends Action> {
  /** Each action once, in the index's order, with the first pattern of the statement that matches it. */
  readonly matches: readonly ExpandedAction<Item>[];
  /** Patterns and exclusions that match no action of the plane: often a slip of the pen. */
  readonly unmatched: readonly string[];
}
export interface ExpandedAction<Item extends Action> {
  readonly action: Item;
  readonly pattern: string;
  /** The pattern also covers actions that are added later. */
  readonly unbounded: boolean;
}

/** An application's actions, arranged so that a pattern looks only at those that share its literal beginning. */
export interface ActionIndex<Item extends Action> {
  /** The action of exactly that name in that plane, in the application's letter case. */
  find(plane: Plane, action: string): Item | undefined;
  expand(patterns: ActionPatterns): Expansion<Item>;
}

/** Sorts by name in the application's letter case: one n·log n, then about log n and the matches for a pattern. */
export function createActionIndex<Item extends Action>(
  actions: Iterable<Item>,
  options: { readonly caseSensitive: boolean },
): ActionIndex<Item> {
  const spell = options.caseSensitive ? (text: string) => text : fold;
  const planes = { CONTROL: [] as Entry<Item>[], DATA: [] as Entry<Item>[] } satisfies Record<Plane, Entry<Item>[]>;
  for (const action of actions) planes[action.plane].push({ name: spell(action.action), action });
  for (const entries of Object.values(planes)) entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

  return {
    find(plane, action) {
      const [at] = positionsOf(planes[plane], spell(action), false);
      return at === undefined ? undefined : planes[plane][at]?.action;
    },
    expand(patterns) {
      const entries = planes[patterns.plane];
      const unmatched: string[] = [];
      const found = new Map<number, string>();
      for (const pattern of patterns.actions) {
        const positions = positionsOf(entries, spell(pattern), isWildcard(pattern));
        if (positions.length === 0) unmatched.push(pattern);
        for (const at of positions) if (!found.has(at)) found.set(at, pattern);
      }
      for (const pattern of patterns.notActions ?? []) {
        const positions = positionsOf(entries, spell(pattern), isWildcard(pattern));
        if (positions.length === 0) unmatched.push(pattern);
        for (const at of positions) found.delete(at);
      }
      return { matches: [...found].sort((a, b) => a[0] - b[0]).map(expanded(entries)), unmatched };
    },
  };
}

interface Entry<Item extends Action> {
  readonly name: string;
  readonly action: Item;
}

function expanded<Item extends Action>(entries: readonly Entry<Item>[]) {
  return ([at, pattern]: readonly [number, string]): ExpandedAction<Item> => ({
    action: (entries[at] as Entry<Item>).action,
    pattern,
    unbounded: isWildcard(pattern),
  });
}

/** Ascending positions of the names that the pattern, spelled as they are, matches. */
function positionsOf(entries: readonly Entry<Action>[], pattern: string, wildcard: boolean): readonly number[] {
  const prefix = wildcard ? (/^[^*?]*/.exec(pattern)?.[0] ?? '') : pattern;
  const glob: Glob = parseGlob(pattern);
  const positions: number[] = [];
  for (let at = firstNotBefore(entries, prefix); entries[at]?.name.startsWith(prefix); at++) {
    const { name } = entries[at] as Entry<Action>;
    if (wildcard ? matchesGlob(glob, name) : name === pattern) positions.push(at);
    else if (!wildcard) break;
  }
  return positions;
}

function firstNotBefore(entries: readonly Entry<Action>[], name: string): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle] as Entry<Action>).name < name) low = middle + 1;
    else high = middle;
  }
  return low;
}
