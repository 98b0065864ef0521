import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { inTurns } from '../../../src/scim/edge/in-turns.js';

describe('work done in turns', () => {
  const items = Array.from({ length: 500 }, (_, at) => at);

  it('gives its results in order', async () => {
    expect(await inTurns(items, async (at) => at * 2)).toEqual(items.map((at) => at * 2));
    expect(await inTurns([], () => 'nothing')).toEqual([]);
  });

  it('lets others have their turn though nothing in it waits', async () => {
    let turnsOfOthers = 0;
    let isDone = false;
    const others = async () => {
      while (!isDone) {
        await setImmediate();
        turnsOfOthers += 1;
      }
    };
    const watched = others();
    await inTurns(items, async (at) => at);
    isDone = true;
    await watched;
    expect(turnsOfOthers).toBeGreaterThanOrEqual(9);
  });

  it('ends at the first that fails', async () => {
    const seen: number[] = [];
    const run = (at: number) => {
      seen.push(at);
      if (at === 2) throw new Error('two');
    };
    await expect(inTurns(items, run)).rejects.toThrow('two');
    expect(seen).toEqual([0, 1, 2]);
  });
});
