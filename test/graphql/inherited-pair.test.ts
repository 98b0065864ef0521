import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEstate } from '../estate/estate-text.js';
import { start } from '../store/store-fixture.js';
import { type SmallService, startSmallService } from './small-service.js';

/** a and b hold p and q by two roles: one for a second, the other until a later revision. c and d are privileged for a minute. */
const estate = ['svc:a', 'svc:b']
  .map(
    (name) => `
      ${name} has role:brief@/ until ${start + 1000} grants perm:p
      ${name} has role:lost@/ grants perm:p`,
  )
  .concat('role:brief grants perm:q', 'role:lost grants perm:q')
  .concat(
    'perm:root tier 0',
    `svc:c in group:admins has role:admin@/ until ${start + 60_000} grants perm:root`,
    'svc:d in group:admins',
  )
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

  it('of a list is tested, told and asked below at the instant of the first', async () => {
    const page = async (after: string) =>
      (
        await ask(`{ identities(filter: { privilegedInheritedAtLeast: 1 }, first: 1${after}) {
          nodes { ref access { asOf { at } summary { privilegedInherited } } } asOf { at } pageInfo { endCursor } } }`)
      ).identities;
    const first = await page('');
    const privileged = (ref: string) => ({ ref, access: { asOf: first.asOf, summary: { privilegedInherited: 1 } } });
    expect(first.nodes).toEqual([privileged('acme/svc:c')]);
    service.clock.advance(60_000);
    expect((await page('')).nodes).toEqual([]);
    const { nodes, asOf } = await page(behind(first));
    expect([nodes, asOf]).toEqual([[privileged('acme/svc:d')], first.asOf]);
  });

  it('of members tells the instant of the first', async () => {
    const page = async (after: string) =>
      (
        await ask(
          `{ groups(text: "admins") { nodes { members(first: 1${after}) { asOf { at } pageInfo { endCursor } } } } }`,
        )
      ).groups.nodes[0].members;
    const first = await page('');
    service.clock.advance(1000);
    expect((await page(behind(first))).asOf).toEqual(first.asOf);
  });
});
