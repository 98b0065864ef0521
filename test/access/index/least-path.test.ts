import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { searchEntries } from '../../../src/access/index/entry-search.js';
import { findLeastPathTo } from '../../../src/access/index/least-path.js';
import { loadGraph } from '../../../src/access/index/load-graph.js';
import { type ArcPath, findLeastPath } from '../../../src/access/index/local-graph.js';
import { createScratch } from '../../../src/access/index/scratch.js';
import { liveMode } from '../../../src/access/index/search-mode.js';
import { caseInstant } from '../../corpus/access-case.js';
import { randomHistory } from '../../estate/random-estate.js';
import { worldOf } from '../../laws/world.js';
import { createOracleEngine } from '../../oracle/oracle-engine.js';
import type { MakeEngine } from '../make-engine.js';
import { propertyRuns } from '../property-runs.js';

const kinds = (['ALLOW', 'DENY'] as const).flatMap((effect) =>
  [true, false].map((unconditional) => ({ effect, unconditional })),
);

const makeOracle: MakeEngine = async (log, clock) => createOracleEngine(log, clock);

describe('the least path to an entry', () => {
  it('is the first that the search of all paths gives, edge by edge, at every resource and in every context', async () => {
    const contexts = fc.constantFrom(undefined, { env: 'prod' }, { env: 'test', mfa: true });
    await fc.assert(
      fc.asyncProperty(randomHistory(), contexts, async (history, context) => {
        const { log, identities, places } = await worldOf(makeOracle, ...history);
        const { graph } = await loadGraph(log.snapshot());
        graph.moveTo(caseInstant);
        const scratch = createScratch();
        for (const id of identities)
          for (const place of places) {
            const identity = graph.nodes.find(id);
            const permission = graph.permissions.find(place.permission);
            const resource = graph.resources.find(place.resource);
            const asked = { graph, identity, permission, resource };
            const search = searchEntries({ ...asked, scratch, context }, liveMode);
            for (const kind of kinds) {
              const expected = findLeastPath({ ...asked, ...kind, ...(context && { context }) });
              expect({ id, place, kind, path: told(findLeastPathTo(search, kind)) }).toEqual({
                id,
                place,
                kind,
                path: told(expected),
              });
            }
          }
      }),
      { numRuns: propertyRuns(25) },
    );
  });
});

/** Nodes and edges by number. */
const told = (path: ArcPath | undefined) => path?.map(({ from, row }) => [from.node, row]);
