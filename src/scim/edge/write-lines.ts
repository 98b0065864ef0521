import type { NodeId } from '../../graph/ids.js';

/** A line for each resource, in which writes of it wait for each other where they would only get in each other's way. */
export interface WriteLines {
  /** Whether anybody stands in the line of that resource. */
  isBusy(id: NodeId): boolean;
  /** Runs the write when all that stand in the line before it are done, whether they succeeded or not. */
  join<Result>(id: NodeId, write: () => Promise<Result>): Promise<Result>;
}

export function createWriteLines(): WriteLines {
  const lasts = new Map<NodeId, Promise<unknown>>();
  return {
    isBusy: (id) => lasts.has(id),
    join(id, write) {
      const run = () => write();
      const turn = (lasts.get(id) ?? Promise.resolve()).then(run, run);
      const leave = () => {
        if (lasts.get(id) === turn) lasts.delete(id);
      };
      lasts.set(id, turn);
      turn.then(leave, leave);
      return turn;
    },
  };
}
