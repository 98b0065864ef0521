import type { Revision } from '../../graph/ids.js';
import { GraphError } from '../../kernel/errors.js';
import type { Database, Row } from './driver.js';
import { toHead } from './rows.js';
import { deleteOldCommits, deleteOldEdges, deleteOldNodes, moveHorizon, readHead } from './write-statements.js';

/** How many rows of each table one step drops, so that commits get their turn between steps. */
const rowsPerStep = 5_000;

/**
 * Moves the horizon at once and drops what lies before it step by step; true when nothing is left. A process that ends
 * between steps leaves rows that no reader can see, which the next pruning drops.
 */
export function createPruner(database: Database): (horizon: Revision) => boolean {
  const head = database.prepare(readHead);
  const move = database.prepare(moveHorizon);
  const drops = [deleteOldCommits, deleteOldNodes, deleteOldEdges].map((sql) => database.prepare(sql));

  return (horizon) => {
    const before = toHead(head.get() as Row);
    if (horizon > before.revision)
      throw new GraphError('INVALID', `the horizon \`${horizon}\` lies beyond the head \`${before.revision}\``);
    move.run(horizon);
    const reached = Math.max(horizon, before.horizon);
    const dropped = drops.map((drop) => Number(drop.run(reached, rowsPerStep).changes));
    return dropped.every((count) => count < rowsPerStep);
  };
}
