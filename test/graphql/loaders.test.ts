import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type SmallService, startSmallService } from './small-service.js';

/** ci reaches deploy through ten groups, each within each of ten others: a hundred paths. */
const ladder = Array.from({ length: 10 }, (_, low) =>
  Array.from({ length: 10 }, (_, high) => `svc:ci in group:low${low} in group:high${high} has role:deployer@/prod`),
)
  .flat()
  .concat('role:deployer grants perm:deploy', 'perm:deploy tier 1', ...identities(50))
  .join('\n');

let service: SmallService;
beforeAll(async () => {
  service = await startSmallService(ladder);
});
afterAll(() => service.stop());
beforeEach(() => service.calls.clear());

const pathsOf = (selection: string) =>
  `{ inheritancePaths(identity: "svc:ci", permission: "perm:deploy", first: 100) { items { ${selection} } totalCount } }`;

/** Calls that the page itself takes: those that find what the arguments name are made by any question. */
async function callsFor(query: string): Promise<Record<string, number>> {
  const before = new Map(service.calls);
  const { errors } = await service.ask(query);
  expect(errors).toBeUndefined();
  return Object.fromEntries([...service.calls].map(([name, count]) => [name, count - (before.get(name) ?? 0)]));
}

describe('a page of a hundred paths', () => {
  it('takes one store call for all its nodes, beside the two that find what was asked about', async () => {
    const { data } = await service.ask(pathsOf('length'));
    expect([data.inheritancePaths.items.length, data.inheritancePaths.totalCount]).toEqual([100, 100]);
    expect(await callsFor(pathsOf('length'))).toEqual({ nodesByIds: 2 });
    expect(await callsFor(pathsOf('hops { kind from { id label } to { id label } scope { id label } }'))).toEqual({
      nodesByIds: 3,
    });
  });

  it('takes one more for all its edges', async () => {
    const selection = 'hops { from { id label } to { id label } statedBy sourceRef since validUntil approvalRef }';
    expect(await callsFor(pathsOf(selection))).toEqual({ nodesByIds: 3, edgesByIds: 1 });
  });

  it('takes one more for each kind whose names could be shared, to print them as text', async () => {
    await service.ask(pathsOf('text'));
    expect(await callsFor(pathsOf('text hops { from { ref } to { ref } }'))).toEqual({ nodesByIds: 3, list: 3 });
  });
});

describe('a page of fifty identities', () => {
  it('takes one store call for all their tenants', async () => {
    const query = '{ identities(first: 50) { nodes { id label tenant { id slug } lastAuthenticatedAt } } }';
    expect(await callsFor(query)).toEqual({ list: 1, nodesByIds: 1 });
  });
});

describe('a thousand references', () => {
  it('take one store call', async () => {
    const representations = Array.from({ length: 1000 }, (_, at) => ({
      __typename: 'ServiceAccount',
      id: `svc:number${at % 50}`,
    }));
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on ServiceAccount { id label } } }';
    const { data, errors } = await service.ask(query, { variables: { r: representations } });
    expect(errors).toBeUndefined();
    expect(data._entities).toHaveLength(1000);
    expect(data._entities[999]).toEqual({ id: 'svc:number49', label: 'svc:number49' });
    expect(Object.fromEntries(service.calls)).toEqual({ nodesByIds: 1 });
  });
});

function identities(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `svc:number${at} has role:deployer@/prod`);
}
