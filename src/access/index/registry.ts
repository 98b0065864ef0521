import type { NodeId } from '../../graph/ids.js';

/** Dense numbers, from 0, for the few nodes of a kind: tenants, sources, applications. Numbers are never reused. */
export interface Registry {
  /** By number. */
  readonly ids: readonly NodeId[];
  /** The id's number, made where it has none. */
  intern(id: NodeId): number;
  /** -1: never seen. */
  find(id: NodeId): number;
}

export function createRegistry(): Registry {
  const ids: NodeId[] = [];
  const numbers = new Map<NodeId, number>();
  return {
    ids,
    intern(id) {
      const known = numbers.get(id);
      if (known !== undefined) return known;
      numbers.set(id, ids.length);
      return ids.push(id) - 1;
    },
    find: (id) => numbers.get(id) ?? -1,
  };
}
