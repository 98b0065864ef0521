import { none } from './node-bank.js';

/** Where all hops of a path hold, when no resource is asked about: inside `within` (`none`: anywhere) and in none of `outside`. */
export interface Region {
  readonly within: number;
  readonly outside: readonly number[];
  /** Equal for equal regions. */
  readonly key: string;
}
export const everywhere: Region = { within: none, outside: [], key: '' };

/** A node as a path stands at it: who acts, where that holds, and what else decides how the path may go on. */
export interface WalkState {
  readonly number: number;
  /** An inner node. */
  readonly node: number;
  readonly acting: number;
  readonly region: Region;
  /** Of a role: the scope of its binding; `none` where that makes no difference. */
  readonly scope: number;
  /** Of a group: entered from an account, or as everyone; true where that makes no difference. */
  readonly direct: boolean;
}

export interface StateTable {
  /** In the order in which they were entered; grows. */
  readonly states: readonly WalkState[];
  /** The state that equals this one, made where there is none. */
  enter(state: Omit<WalkState, 'number'>): WalkState;
}

export function createStateTable(): StateTable {
  const states: WalkState[] = [];
  const known = new Map<string, Map<number, WalkState>>();
  return {
    states,
    enter(state) {
      const family = familyOf(known, `${state.acting} ${state.region.key}`);
      const key = (state.scope + 1) * 2 ** 27 + state.node;
      const signed = state.direct ? key : -key - 1;
      const found = family.get(signed);
      if (found) return found;
      const made = { ...state, number: states.length };
      states.push(made);
      family.set(signed, made);
      return made;
    },
  };
}

function familyOf(known: Map<string, Map<number, WalkState>>, key: string): Map<number, WalkState> {
  const found = known.get(key);
  if (found) return found;
  const made = new Map<number, WalkState>();
  known.set(key, made);
  return made;
}
