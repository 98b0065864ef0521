import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { start } from '../store/store-fixture.js';
import { type SmallService, startSmallService } from './small-service.js';

/** a and b are privileged over a group: a until later, b and c until sooner. */
const estate = `
  perm:root tier 0
  role:admin grants perm:root
  svc:a in group:long has role:admin@/ until ${start + 9000}
  svc:b in group:short has role:admin@/ until ${start + 5000}
  svc:c in group:short
`;

let service: SmallService;
beforeAll(async () => {
  service = await startSmallService(estate);
});
afterAll(() => service.stop());

async function listed(filter: string) {
  const { data, errors } = await service.ask(
    `{ identities(filter: { ${filter} }) { nodes { label } asOf { until } } }`,
  );
  expect(errors).toBeUndefined();
  const { nodes, asOf } = data.identities;
  return { labels: nodes.map(({ label }: { label: string }) => label), until: asOf.until };
}
const at = (instant: number) => new Date(instant).toISOString();

it('a list that is filtered by access says when its answer can change by time alone', async () => {
  const filter = 'privilegedInheritedAtLeast: 1';
  expect(await listed(filter)).toEqual({ labels: ['svc:a', 'svc:b', 'svc:c'], until: at(start + 5000) });
  service.clock.advance(5000);
  expect(await listed(filter)).toEqual({ labels: ['svc:a'], until: at(start + 9000) });
  service.clock.advance(4000);
  expect(await listed(filter)).toEqual({ labels: [], until: null });
});

it('a list that is not never changes by time alone', async () => {
  expect(await listed('type: [SERVICE_ACCOUNT]')).toEqual({ labels: ['svc:a', 'svc:b', 'svc:c'], until: null });
});
