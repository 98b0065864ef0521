import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type GraphQLArgument,
  type GraphQLField,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { resolvers } from '../../resolvers/resolvers.js';
import { createSchema } from '../../src/graphql/subgraph.js';
import { company } from './company.js';
import { type Answered, type SmallService, startSmallService } from './small-service.js';

let service: SmallService;
let acme: string;
beforeAll(async () => {
  service = await startSmallService(`${company}
    usr:guest has role:deployer@globex:main:/vault`);
  acme = await service.token({ tenants: ['tenant:acme'] });
});
afterAll(() => service.stop());

/** Of globex, which acme's token may not see: ids and printed names of every kind. */
const foreign: Readonly<Record<string, readonly string[]>> = {
  tenant: ['tenant:globex', 'globex'],
  source: ['source:globex-idp', 'globex.globex-idp'],
  identity: ['svc:spy', 'globex/svc:spy', 'globex.globex-idp/svc:spy'],
  account: ['svc:spy.globex-idp', 'globex.globex-idp/svc:spy'],
  group: ['group:secret', 'globex.globex-idp/secret', 'group:shared'],
  resource: ['globex:main:.vault', 'main:/globex/vault', 'main:/globex'],
};
const everyForeign = [...new Set(Object.values(foreign).flat())];
const absent = 'nothing-of-the-kind';

/** What else a field needs, all of it acme's own. */
const own: Readonly<Record<string, unknown>> = {
  identity: 'acme/svc:ci',
  permission: 'main:deploy',
  resource: 'main:/acme/prod',
  ref: 'acme/svc:ci',
  text: 'ci',
  source: 'acme.idp',
  rules: [],
  questions: [{ identity: 'acme/svc:ci', permission: 'main:deploy', resource: 'main:/acme/prod' }],
  slug: 'new',
  name: 'New',
  input: { tenant: 'acme', slug: 'new', kind: 'IDP' },
  'createToken.input': { name: 'new', scopes: [] },
  application: 'main',
  tenant: 'acme',
  target: 'acme/svc:lone',
  owners: ['acme/usr:kim'],
  approver: 'acme/usr:kim',
  approvalRef: 'CHG-1',
  reason: 'test',
  id: absent,
  document: '{}',
  settings: {},
};

const schema = createSchema(resolvers);
const refArguments = [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
  Object.values(root?.getFields() ?? {})
    .filter(({ name }) => !name.startsWith('_'))
    .flatMap((field) => placesOf(field).map((place) => ({ operation: root?.name.toLowerCase() ?? '', field, place }))),
);

describe('a token of one tenant', () => {
  it('finds places for names in most root fields, so that the next test is not empty', () => {
    expect(refArguments.map(({ field, place }) => `${field.name}.${place.join('.')}`)).toEqual(
      expect.arrayContaining([
        'identity.ref',
        'identities.filter.tenant',
        'inheritancePaths.filter.via',
        'decideMany.questions.onBehalfOf',
        'findings.filter.bringingEdge',
        'createSource.input.tenant',
        'setOwners.owners',
      ]),
    );
    expect(refArguments.length).toBeGreaterThan(40);
  });

  it.each(refArguments.map((row) => [`${row.field.name}.${row.place.join('.')}`, row] as const))(
    'is told of foreign things what it is told of absent ones: %s',
    async (_name, { operation, field, place }) => {
      const askedOf = async (ref: string) => told(await askWith({ operation, field, place, ref }), ref);
      const ofAbsent = await askedOf(absent);
      expect(ofAbsent).not.toMatch(/GRAPHQL_VALIDATION_FAILED|Variable|UNAVAILABLE/);
      for (const ref of everyForeign) expect([ref, await askedOf(ref)]).toEqual([ref, ofAbsent]);
    },
  );

  it('is told of foreign things what it is told of absent ones, also below the root', async () => {
    const below = [
      (ref: string) =>
        `identity(ref: "acme/svc:ci") { ... on Identity { access { effectivePermissions(filter: { scope: "${ref}" }) { totalCount } } } }`,
      (ref: string) =>
        `identity(ref: "acme/svc:ci") { ... on Identity { access { effectivePermissions(filter: { application: "${ref}" }) { totalCount } } } }`,
      (ref: string) =>
        `identities { nodes { access { effectivePermissions(filter: { scope: "${ref}" }) { totalCount } } } }`,
    ];
    for (const fieldOf of below) {
      const askedOf = async (ref: string) => told(await service.ask(`{ ${fieldOf(ref)} }`, { token: acme }), ref);
      const ofAbsent = await askedOf(absent);
      expect(ofAbsent).toContain('NOT_FOUND');
      for (const ref of everyForeign) expect([ref, await askedOf(ref)]).toEqual([ref, ofAbsent]);
    }
  });

  it('goes on from no cursor that was made for another', async () => {
    const page = '{ identities(first: 1) { pageInfo { endCursor } } }';
    const { endCursor } = (await service.ask(page)).data.identities.pageInfo;
    const { errors } = await service.ask(`{ identities(first: 1, after: "${endCursor}") { totalCount } }`, {
      token: acme,
    });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['CURSOR_EXPIRED']);
  });

  it('sees no entity of another tenant by any key', async () => {
    const keys = [
      { __typename: 'Tenant', id: 'tenant:globex' },
      { __typename: 'Tenant', slug: 'globex' },
      { __typename: 'ServiceAccount', id: 'svc:spy' },
      { __typename: 'Identity', ref: 'globex/svc:spy' },
      { __typename: 'Account', id: 'svc:spy.globex-idp' },
      { __typename: 'Group', ref: 'globex.globex-idp/secret' },
      { __typename: 'Resource', ref: 'main:/globex/vault' },
      { __typename: 'Source', ref: 'globex.globex-idp' },
    ];
    const query = 'query ($keys: [_Any!]!) { _entities(representations: $keys) { __typename } }';
    const { data, errors } = await service.ask(query, { token: acme, variables: { keys } });
    expect([errors, data._entities]).toEqual([undefined, keys.map(() => null)]);
  });

  it('lists nothing of another tenant', async () => {
    const query = `{
      tenants { nodes { ref } totalCount } sources { nodes { ref } totalCount } identities { nodes { ref } totalCount }
      groups { nodes { ref } totalCount } resources { nodes { ref } totalCount } findings { nodes { tenant { ref } } totalCount }
      search(text: "s") { ref } viewer { tenants { ref } } }`;
    const { data, errors } = await service.ask(query, { token: acme });
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).not.toMatch(/globex|spy|secret|shared|vault/);
    expect(data.identities.totalCount).toBe(5);
  });

  it('is told no count of access that lies in another tenant, in no tier either', async () => {
    const query = `{ identity(ref: "acme/usr:guest") { ... on Identity { access { summary { total privilegedInherited crossTenant
      leastDepthToPrivileged latent eligible tiers { tier direct inherited inheritedOnly viaAssume } completeness { complete reasons } } } } } }`;
    const summaryFor = async (token: string) => (await service.ask(query, { token })).data.identity.access.summary;
    const tiers = (counts: object) => [0, 1, 2, 3].map((tier): object => ({ tier, ...counts }));
    const none = { direct: 0, inherited: 0, inheritedOnly: 0, viaAssume: 0 };
    expect(await summaryFor(service.admin)).toMatchObject({
      total: 2,
      tiers: tiers(none)
        .with(3, { tier: 3, ...none, direct: 1 })
        .with(1, { tier: 1, ...none, direct: 1 }),
      completeness: { complete: true, reasons: [] },
    });
    expect(await summaryFor(acme)).toEqual({
      total: null,
      privilegedInherited: null,
      crossTenant: null,
      leastDepthToPrivileged: null,
      latent: null,
      eligible: null,
      tiers: tiers({ direct: null, inherited: null, inheritedOnly: null, viaAssume: null }),
      completeness: { complete: false, reasons: ['REDACTED'] },
    });
  });

  it('sees hops through another tenant as redacted, with the same decision and under names of this answer alone', async () => {
    const query = `{
      inheritancePaths(identity: "acme/svc:ci", permission: "main:audit") { items { text status hops { id redacted from { id ref label __typename } to { id ref } statedBy since sourceRef crossesTenant } } }
      decide(identity: "acme/svc:ci", permission: "main:audit", resource: "main:/acme") { ... on DecisionAnswer { decision } } }`;
    const [first, second] = [await service.ask(query, { token: acme }), await service.ask(query, { token: acme })];
    expect(first.errors).toBeUndefined();
    expect(first.data.decide).toEqual({ decision: 'ALLOWED' });
    expect(first.data.inheritancePaths.items.map(({ text }: { text: string }) => text)).toEqual([
      'acme/svc:ci -HAS_ACCOUNT-> acme.idp/svc:ci -MEMBER_OF-> redacted -ASSIGNED-> main:auditor -GRANTS-> main:audit @ main:/acme',
    ]);
    expect(JSON.stringify(first.data)).not.toMatch(/globex|shared/);
    const redactedOf = ({ data }: Answered) => data.inheritancePaths.items[0].hops[1].to.id as string;
    expect(redactedOf(first)).not.toBe(redactedOf(second));
  });
});

/** Paths of argument and input field names at which a Ref or an ID is given. */
function placesOf(field: GraphQLField<unknown, unknown>): readonly (readonly string[])[] {
  return field.args.flatMap((argument) => placesIn(argument));
}

function placesIn(input: Pick<GraphQLArgument, 'name' | 'type'>): readonly (readonly string[])[] {
  const type = bare(input.type);
  if (isInputObjectType(type))
    return Object.values(type.getFields()).flatMap((inner) => placesIn(inner).map((place) => [input.name, ...place]));
  return ['Ref', 'ID'].includes(String(type)) ? [[input.name]] : [];
}

function bare(type: GraphQLArgument['type']): GraphQLArgument['type'] {
  return isNonNullType(type) || isListType(type) ? bare(type.ofType) : type;
}

interface Asked {
  readonly operation: string;
  readonly field: GraphQLField<unknown, unknown>;
  readonly place: readonly string[];
  readonly ref: string;
}

async function askWith({ operation, field, place, ref }: Asked): Promise<Answered> {
  const given = field.args.filter(({ name, type }) => isNonNullType(type) || name === place[0]);
  const declared = given.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const variables = Object.fromEntries(given.map(({ name }) => [name, own[`${field.name}.${name}`] ?? own[name]]));
  const [argument = '', ...inner] = place;
  const type = field.args.find(({ name }) => name === argument)?.type;
  variables[argument] = put(variables[argument], inner, ref, isList(type));
  const query = `${operation} (${declared}) { result: ${field.name}(${passed}) ${selectionOf(field)} }`;
  return service.ask(query, { token: acme, variables });
}

function put(value: unknown, place: readonly string[], ref: string, list: boolean): unknown {
  const [name, ...rest] = place;
  if (name === undefined) return list ? [ref] : ref;
  const holder = (Array.isArray(value) ? value[0] : value) ?? {};
  const holding = {
    ...holder,
    [name]: put(undefined, rest, ref, name === 'via' || name === 'avoid' || name === 'tenants'),
  };
  return Array.isArray(value) ? [holding] : holding;
}

const isList = (type: GraphQLArgument['type'] | undefined): boolean =>
  type !== undefined && isListType(isNonNullType(type) ? type.ofType : type);

function selectionOf(field: GraphQLField<unknown, unknown>): string {
  const named = bare(field.type as GraphQLArgument['type']);
  const problem =
    '__typename ... on Problem { code message } ... on NotFound { argument } ... on Ambiguous { candidates }';
  if (!isObjectType(named as never)) return field.name === 'search' ? '{ id }' : `{ ${problem} }`;
  const fields = (named as unknown as { getFields(): object }).getFields();
  return 'totalCount' in fields ? '{ totalCount }' : '{ __typename }';
}

/** The answer without what names this request and this name. */
function told({ status, data, errors }: Answered, ref: string): string {
  const text = JSON.stringify([
    status,
    data,
    errors?.map(({ message, extensions: { requestId: _, ...rest } }) => [message, rest]),
  ]);
  return text.replaceAll(JSON.stringify(ref).slice(1, -1), '<ref>');
}
