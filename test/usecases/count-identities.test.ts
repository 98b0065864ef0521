import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asCommitId, asNodeId } from '../../src/graph/ids.js';
import { IDENTITY_STATES, IDENTITY_TYPES } from '../../src/graph/node.js';
import { createIdentityCounter } from '../../src/usecases/count-identities.js';
import { fieldIs } from '../../src/usecases/list-nodes.js';
import { propertyRuns } from '../access/property-runs.js';
import { createEstate } from '../estate/estate-text.js';
import { randomHistory } from '../estate/random-estate.js';
import { openTemporarySqlite } from '../store/sqlite-fixture.js';
import type { StoreFixture } from '../store/store-fixture.js';

const tenants = ['tenant:acme', 'tenant:globex'].map(asNodeId);
const everyWay = tenants.flatMap((tenant) =>
  IDENTITY_TYPES.flatMap((type) => IDENTITY_STATES.map((state) => [tenant, type, state] as const)),
);

/** As the store counts them, each kind by a question of its own. */
async function counted({ graph }: StoreFixture): Promise<readonly number[]> {
  return Promise.all(
    everyWay.map(([tenant, type, state]) => {
      const of = [
        fieldIs('Identity', 'joinedTo', '-'),
        fieldIs('Identity', 'type', type),
        fieldIs('Identity', 'state', state),
      ];
      return graph.count({ kind: 'tenants', tenants: [tenant] }, { kind: 'Identity', where: { kind: 'and', of } });
    }),
  );
}

it('identities are counted by tenant, type and state, whatever is committed and however little of it is kept', async () => {
  await fc.assert(
    fc.asyncProperty(randomHistory(), fc.nat(3), async (history, kept) => {
      const fixture = await openTemporarySqlite();
      const { graph } = fixture;
      const { read } = createEstate();
      const count = createIdentityCounter({ store: graph, clock: fixture.clock });
      for (const [place, text] of history.entries()) {
        const id = asCommitId(`c${place}`);
        const { revision } = await graph.commit({ id, meta: { actor: 'test' }, changes: read(text) });
        if (place === kept) await graph.prune(revision);
        if (place % 3 === 1) continue;
        const [one, other] = await Promise.all([count(), count()]);
        expect(everyWay.map((way) => one.of(...way))).toEqual(await counted(fixture));
        expect(other).toBe(one);
      }
      await fixture.remove();
    }),
    { numRuns: propertyRuns(15) },
  );
});
