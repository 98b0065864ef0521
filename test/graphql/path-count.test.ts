import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isObjectType } from 'graphql';
import { resolvers } from '../../resolvers/resolvers.js';
import { createSchema } from '../../src/graphql/subgraph.js';
import { type SmallService, startSmallService } from './small-service.js';

/** Five paths: through a group, through one of another tenant, at a resource within, one that a deny overrides, one by acting as b. */
const estate = `
  svc:a in group:own has role:r@/ grants perm:p
  svc:a in group:shared of source:globex-idp has role:r@/
  svc:a has role:r@/prod
  svc:a can-act-as svc:b
  svc:b has role:r@/
  svc:a has role:s@/test grants perm:p
  svc:a has role:no@/test denies perm:p
`;

let service: SmallService;
beforeAll(async () => {
  service = await startSmallService(estate);
});
afterAll(() => service.stop());

it.each([
  ['filter: {}', '4', 4],
  ['resource: "main:/acme/prod"', '3', 3],
  ['filter: { avoid: ["acme.idp/own"] }', '3', 3],
  ['filter: { edgeKinds: [ASSIGNED, GRANTS] }', '2', 2],
  ['filter: { includeOverridden: false }', '3', 3],
  ['filter: { includeAssume: true }', '5', 5],
  ['filter: { via: ["acme.idp/own"] }', '4', 1],
  ['filter: { crossTenantOnly: true }', '4', 1],
  ['filter: { maxLength: 2 }', '4', null],
])(
  'paths are counted by the filters that the schema names, and listed by all: %s',
  async (asked, atLeast, totalCount) => {
    const { data, errors } = await service.ask(
      `{ inheritancePaths(identity: "svc:a", permission: "perm:p", ${asked}) { pathCount { atLeast exact } totalCount } }`,
    );
    expect([errors, data.inheritancePaths]).toEqual([undefined, { pathCount: { atLeast, exact: true }, totalCount }]);
  },
);

it('the schema says of each filter whether the number of paths takes it into account', () => {
  const type = createSchema(resolvers).getType('InheritancePaths');
  const description = isObjectType(type) ? type.getFields().pathCount?.description : undefined;
  const [counted = '', listed = ''] = description?.split(' count, ') ?? [];
  const namesIn = (text: string) => [...text.matchAll(/`(\w+)`/g)].map(([, name]) => name);
  expect([namesIn(counted), namesIn(listed)]).toEqual([
    ['avoid', 'edgeKinds', 'includeOverridden', 'includeAssume'],
    ['via', 'crossTenantOnly', 'maxLength'],
  ]);
});
