import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEstate } from '../estate/estate-text.js';
import { start } from '../store/store-fixture.js';
import { type SmallService, startSmallService } from './small-service.js';

/** Both services hold p and q by two roles: one for a second, the other until a later revision. */
const estate = ['svc:a', 'svc:b']
  .map(
    (name) => `
      ${name} has role:brief@/ until ${start + 1000} grants perm:p
      ${name} has role:lost@/ grants perm:p`,
  )
  .concat('role:brief grants perm:q', 'role:lost grants perm:q')
  .join('\n');

let service: SmallService;
beforeAll(async () => {
  service = await startSmallService(estate);
});
afterAll(() => service.stop());

async function ask(query: string) {
  const { data, errors } = await service.ask(query);
  expect(errors).toBeUndefined();
  return data;
}

const permissionsPage = async (after: string, pathsAfter = '') =>
  (
    await ask(`{ identity(ref: "svc:a") { ... on Identity { access { effectivePermissions(first: 1${after}) {
      asOf { revision at } pageInfo { endCursor } items { permission { ref } pathCount { atLeast } paths(first: 1${pathsAfter}) {
        asOf { revision at } items { text } totalCount pageInfo { endCursor hasNextPage } } } } } } } }`)
  ).identity.access.effectivePermissions;
const holdersPage = async (after: string) =>
  (
    await ask(`{ whoCan(permission: "perm:q", first: 1${after}) {
      asOf { revision at } pageInfo { endCursor } items { identity { ref access { asOf { revision at } summary { total } } } } } }`)
  ).whoCan;
const behind = ({ pageInfo }: { pageInfo: { endCursor: string } }) => `, after: "${pageInfo.endCursor}"`;

describe('a later page', () => {
  it('asks what is below it at the revision and instant of the first', async () => {
    const [permissions, holders] = [await permissionsPage(''), await holdersPage('')];
    const { asOf } = permissions;

    service.clock.advance(1000);
    const picture = createEstate();
    picture.read(estate);
    await service.commit(picture.read('no svc:a has role:lost@/\nno svc:b has role:lost@/'));

    expect((await permissionsPage('')).items).toEqual([]);
    const { items } = await permissionsPage(behind(permissions));
    expect(items).toEqual([
      {
        permission: { ref: 'main:q' },
        pathCount: { atLeast: '2' },
        paths: {
          asOf,
          items: [{ text: expect.stringContaining('main:brief') }],
          totalCount: 2,
          pageInfo: { endCursor: expect.any(String), hasNextPage: true },
        },
      },
    ]);
    const [{ paths }] = (await permissionsPage(behind(permissions), behind(items[0].paths))).items;
    expect(paths).toEqual({
      asOf,
      items: [{ text: expect.stringContaining('main:lost') }],
      totalCount: 2,
      pageInfo: { endCursor: null, hasNextPage: false },
    });
    expect((await holdersPage(behind(holders))).items).toEqual([
      { identity: { ref: 'acme/svc:b', access: { asOf, summary: { total: 2 } } } },
    ]);
  });
});
