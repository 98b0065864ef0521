import { describe, expect, it } from '@jest/globals';
import { listCycles } from '../../../src/access/index/cycles.js';
import { pathEstate } from './path-estate.js';

describe('cycles', () => {
  it('are one for each knot of groups or roles, each with a shortest loop, by their least id', async () => {
    const { graph } = await pathEstate(`
      group:d in group:c in group:b in group:d
      group:b in group:c
      role:y inherits role:x inherits role:y
      group:self in group:self
      svc:a in group:b in group:alone`);
    expect(listCycles(graph)).toEqual([
      { nodes: ['group:b', 'group:c', 'group:d'], loop: ['group:b', 'group:c'] },
      { nodes: ['group:self'], loop: ['group:self'] },
      { nodes: ['role:x', 'role:y'], loop: ['role:x', 'role:y'] },
    ]);
  });

  it('are none where a stopped edge or node breaks the loop', async () => {
    const { graph } = await pathEstate(`
      group:a in group:b in group:a eligible
      group:c in group:d disabled in group:c`);
    expect(listCycles(graph)).toEqual([]);
  });
});
