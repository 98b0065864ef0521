import { expect, it } from '@jest/globals';
import { createAccessGraph } from '../../../src/access/index/access-graph.js';
import { createGraphBanks } from '../../../src/access/index/graph-banks.js';
import { createScratch } from '../../../src/access/index/scratch.js';
import { asNodeId } from '../../../src/graph/ids.js';

it('no mark of an earlier search is taken for one of a later search, though epochs begin anew', () => {
  const graph = createAccessGraph(createGraphBanks());
  const application = asNodeId('app');
  graph.putNode({
    ...{ kind: 'Permission', id: asNodeId('permission'), application, plane: 'CONTROL', action: 'a' },
    ...{ class: 'READ', tier: 3 },
  });
  const scratch = createScratch();
  const places = 2 ** 29 - 1;
  const epochs = [1, 2, 3, 4, 5].map(() => {
    const epoch = scratch.beginPermissions(graph, places);
    for (const marks of [scratch.permissionMarks, scratch.unsettledMarks]) {
      expect(marks[0]).toBeLessThan(epoch);
      marks[0] = epoch + places - 1;
    }
    expect(scratch.permissionEpoch).toBe(epoch);
    return epoch;
  });
  expect(new Set(epochs).size).toBeLessThan(epochs.length);
});
