import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type GraphQLArgument, isInputObjectType, isListType } from 'graphql';
import { resolvers } from '../../resolvers/resolvers.js';
import { createSchema } from '../../src/graphql/subgraph.js';
import { company } from './company.js';
import { type SmallService, startSmallService } from './small-service.js';

let service: SmallService;
beforeAll(async () => {
  service = await startSmallService(company);
});
afterAll(() => service.stop());

/** By filter, or by field with lists among its arguments: a question that finds something. */
const questions: Readonly<Record<string, (narrowed: string) => string>> = {
  IdentityFilter: (filter) => `found: identities(filter: { ${filter} }) { items: nodes { id } totalCount }`,
  FindingFilter: (filter) => `found: findings(filter: { ${filter} }) { items: nodes { id } totalCount }`,
  WhoCanFilter: (filter) =>
    `found: whoCan(permission: "main:deploy", filter: { ${filter} }) { items { decision } totalCount }`,
  PathFilter: (filter) =>
    `found: inheritancePaths(identity: "acme/svc:ci", permission: "main:deploy", filter: { ${filter} }) { items { length } totalCount }`,
  PermissionFilter: (filter) =>
    `identity(ref: "acme/svc:ci") { ... on Identity { access { found: effectivePermissions(filter: { ${filter} }) { items { decision } totalCount } } } }`,
  permissions: (list) => `found: permissions(${list}) { items: nodes { id } totalCount }`,
  resources: (list) => `found: resources(${list}) { items: nodes { id } totalCount }`,
};

const schema = createSchema(resolvers);
const listsAmong = (place: string, inputs: readonly Pick<GraphQLArgument, 'name' | 'type'>[]) =>
  inputs.filter(({ type }) => isListType(type)).map(({ name }) => [place, name] as const);
const lists = [
  ...Object.values(schema.getTypeMap()).flatMap((type) =>
    isInputObjectType(type) && type.name.endsWith('Filter')
      ? listsAmong(type.name, Object.values(type.getFields()))
      : [],
  ),
  ...Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap(({ name, args }) => listsAmong(name, args)),
];
/** Name what must and must not lie on a path, instead of what may. */
const ofNodes = ['via', 'avoid'];

async function countOf(question: string): Promise<number> {
  const { data, errors } = await service.ask(`{ ${question} }`);
  expect(errors).toBeUndefined();
  const { items, totalCount } = (data.found ?? data.identity.access.found) as { items: unknown[]; totalCount: number };
  expect(totalCount).toBe(items.length);
  return totalCount;
}

describe('a list in a filter', () => {
  it.each(lists)('does not narrow where it is null: %s.%s', async (place, name) => {
    expect(await countOf(questions[place]!(`${name}: null`))).toBeGreaterThan(0);
  });

  it.each(lists.filter(([, name]) => !ofNodes.includes(name)))(
    'lets nothing through where it is empty: %s.%s',
    async (place, name) => {
      expect(await countOf(questions[place]!(`${name}: []`))).toBe(0);
    },
  );

  it.each(ofNodes)('that names nodes asks for nothing where it is empty: %s', async (name) => {
    expect(await countOf(questions.PathFilter!(`${name}: []`))).toBe(1);
  });
});
