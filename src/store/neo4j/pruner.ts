import { GraphError } from '../../kernel/errors.js';
import type { GraphStore } from '../graph-store.js';
import type { Connection } from './driver.js';
import { getHeadRow } from './head-row.js';
import { dropBefore, lockHead, moveHorizon } from './write-statements.js';

/** How many nodes one transaction drops. */
const nodesPerStep = 5_000;

/**
 * Moves the horizon at once and drops what lies before it step by step. One that ends between steps leaves nodes that no
 * reader can see, which the next drops.
 */
export function createPruner(connection: Connection): GraphStore['prune'] {
  return async (horizon) => {
    const reached = await connection.transact(async (transaction) => {
      const head = getHeadRow(await transaction.run(lockHead, { attempt: 'prune' }));
      if (horizon > head.revision)
        throw new GraphError('INVALID', `the horizon \`${horizon}\` lies beyond the head \`${head.revision}\``);
      await transaction.run(moveHorizon, { horizon });
      return Math.max(horizon, head.horizon);
    });
    for (const statement of dropBefore) while ((await drop(statement, reached)) === nodesPerStep);
  };

  async function drop(statement: string, horizon: number): Promise<number> {
    const [row] = await connection.run(statement, { horizon, limit: nodesPerStep });
    return row!.dropped as number;
  }
}
