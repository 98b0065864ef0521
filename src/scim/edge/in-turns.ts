import { setImmediate } from 'node:timers/promises';

/** Resources that are read or rendered without a pause. */
const resourcesPerTurn = 50;

/**
 * Does each in order, and lets others have their turn between them: awaiting a store in this process gives them none.
 */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Result | Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const item of items) {
    results.push(await run(item));
    if (results.length % resourcesPerTurn === 0) await setImmediate();
  }
  return results;
}
