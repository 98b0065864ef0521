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
  const families = new Map<string, Family>();
  let family: Family | undefined;
  return {
    states,
    enter(state) {
      if (family?.acting !== state.acting || family.region !== state.region) family = familyOf(families, state);
      const alike = family.byNode.get(state.node);
      const found = alike?.find(({ scope, direct }) => scope === state.scope && direct === state.direct);
      if (found) return found;
      const { node, acting, region, scope, direct } = state;
      const made = { number: states.length, node, acting, region, scope, direct };
      states.push(made);
      if (alike) alike.push(made);
      else family.byNode.set(node, [made]);
      return made;
    },
  };
}

/** States of one acting identity in one region. */
interface Family {
  readonly acting: number;
  readonly region: Region;
  readonly byNode: Map<number, WalkState[]>;
}

function familyOf(families: Map<string, Family>, { acting, region }: Pick<WalkState, 'acting' | 'region'>): Family {
  const key = `${acting} ${region.key}`;
  const found = families.get(key) ?? { acting, region, byNode: new Map() };
  families.set(key, found);
  return found;
}
