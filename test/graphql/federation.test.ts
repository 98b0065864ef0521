import { buildSubgraphSchema } from '@apollo/subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { company } from './company.js';
import { type SmallService, startSmallService } from './small-service.js';

let service: SmallService;
beforeAll(async () => {
  service = await startSmallService(company);
  const account = (await service.services.store.nodesByIds({ kind: 'system' }, ['usr:kim.idp' as never]))[0]?.node;
  if (account?.kind !== 'Account') throw new Error('the company has no account for kim');
  await service.commit([{ kind: 'putNode', node: { ...account, externalId: 'E-1', employeeNumber: '0042' } }]);
});
afterAll(() => service.stop());

const entities = async (representations: readonly object[], selection: string, token?: string) =>
  service.ask(`query ($r: [_Any!]!) { _entities(representations: $r) { __typename ${selection} } }`, {
    variables: { r: representations },
    ...(token !== undefined && { token }),
  });

describe('the subgraph', () => {
  it('gives its schema to a gateway, which can read it by itself', async () => {
    const { data, errors } = await service.ask('{ _service { sdl } }');
    expect(errors).toBeUndefined();
    const again = buildSubgraphSchema([{ typeDefs: parse(data._service.sdl) }]);
    expect(again.getType('Identity')?.toString()).toBe('Identity');
    expect(data._service.sdl).toContain('@key(fields: "tenantSlug employeeNumber")');
  });

  it('finds entities by each of their keys', async () => {
    const keys = [
      { __typename: 'HumanIdentity', id: 'usr:kim' },
      { __typename: 'HumanIdentity', ref: 'acme/usr:kim' },
      { __typename: 'HumanIdentity', tenantSlug: 'acme', employeeNumber: '0042' },
      { __typename: 'Identity', id: 'svc:ci' },
      { __typename: 'Identity', ref: 'acme.idp/svc:ci' },
      { __typename: 'Account', sourceRef: 'acme.idp', externalId: 'E-1' },
      { __typename: 'Account', id: 'svc:ci.idp' },
      { __typename: 'Group', ref: 'acme.idp/build' },
      { __typename: 'Tenant', slug: 'acme' },
      { __typename: 'Source', ref: 'acme.idp' },
      { __typename: 'Application', slug: 'main' },
      { __typename: 'Role', ref: 'main:deployer' },
      { __typename: 'Permission', ref: 'main:deploy' },
      { __typename: 'Resource', ref: 'main:/acme/prod' },
    ];
    const { data, errors } = await entities(keys, '... on GraphNode { id }');
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([
      { __typename: 'HumanIdentity', id: 'usr:kim' },
      { __typename: 'HumanIdentity', id: 'usr:kim' },
      { __typename: 'HumanIdentity', id: 'usr:kim' },
      { __typename: 'ServiceAccount', id: 'svc:ci' },
      { __typename: 'ServiceAccount', id: 'svc:ci' },
      { __typename: 'Account', id: 'usr:kim.idp' },
      { __typename: 'Account', id: 'svc:ci.idp' },
      { __typename: 'Group', id: 'group:build' },
      { __typename: 'Tenant', id: 'tenant:acme' },
      { __typename: 'Source', id: 'source:idp' },
      { __typename: 'Application', id: 'app:main' },
      { __typename: 'Role', id: 'role:deployer' },
      { __typename: 'Permission', id: 'perm:deploy' },
      { __typename: 'Resource', id: '.prod' },
    ]);
  });

  it('finds a finding by its fingerprint', async () => {
    const found = (await service.ask('{ findings(first: 1) { nodes { id rule { id } } } }')).data.findings.nodes[0];
    const { data } = await entities([{ __typename: 'Finding', id: found.id }], '... on Finding { id rule { id } }');
    expect(data._entities).toEqual([{ __typename: 'Finding', ...found }]);
  });

  it('answers null where the type that is claimed is not what the entity is, and where there is none', async () => {
    const keys = [
      { __typename: 'ServiceAccount', id: 'usr:kim' },
      { __typename: 'Group', id: 'usr:kim' },
      { __typename: 'Identity', id: 'nobody' },
      { __typename: 'Tenant' },
      { __typename: 'HumanIdentity', tenantSlug: 'acme', employeeNumber: '9' },
      { __typename: 'Finding', id: 'nothing' },
    ];
    const { data, errors } = await entities(keys, '');
    expect([errors, data._entities]).toEqual([undefined, keys.map(() => null)]);
  });

  it('wants graph:read of a gateway too', async () => {
    const token = await service.token({ scopes: ['admin'] });
    const refused = await entities([{ __typename: 'Tenant', slug: 'acme' }], '', token);
    expect(refused.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    const sdl = await service.ask('{ _service { sdl } }', { token });
    expect(sdl.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });
});
