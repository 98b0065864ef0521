import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asNodeId } from '../../src/graph/ids.js';
import { systemScope } from '../../src/store/graph-store.js';
import { type Connection, connect } from '../../src/store/neo4j/driver.js';
import { createEstate } from '../estate/estate-text.js';
import { type SmallService, startSmallService } from '../graphql/small-service.js';
import { openOnFirstFree, testServers } from './neo4j-fixture.js';
import { wholeLog } from './store-fixture.js';

/** The questions of docs/neo4j.md by their headings. */
const questions = new Map(
  [...readFileSync('docs/neo4j.md', 'utf8').matchAll(/^### (.+)\n[\s\S]*?```cypher\n([\s\S]+?)```/gm)].map(
    ([, title, statement]) => [title!, statement!] as const,
  ),
);

const year2020 = Date.UTC(2020, 0);
const year2100 = Date.UTC(2100, 0);
const estate = `
  svc:ci in group:build in group:eng in group:all has role:deployer@/prod inherits role:viewer grants perm:list
  role:deployer grants perm:deploy
  svc:ci has role:deployer@/test
  svc:ci in group:eng
  svc:ci in group:night has role:nightly@/prod if ?at-night grants perm:list
  role:nightly grants perm:reboot
  role:nightly grants perm:tag on /prod/web*
  group:build in group:eng as again
  group:all in group:build
  group:all has role:frozen@/test denies perm:list
  group:all has role:guard@/prod/vault denies perm:deploy
  svc:ci in group:old until ${year2020} has role:archivist@/ grants perm:archive
  svc:ci in group:later from ${year2100} has role:archivist@/
  svc:ci in group:admins eligible has role:admin@/ grants perm:drop
  group:off disabled has role:admin@/
  svc:ci in group:off
  usr:kim has role:admin@/test until ${year2020}
  usr:kim in group:eng
  usr:ann in group:admins
  usr:off.idp disabled in group:eng
  everyone:acme has role:guest@/ grants perm:greet
  usr:kim owns svc:ci
  usr:gone is OFFBOARDED in group:eng
  usr:gone owns svc:left
  svc:lone has role:viewer@/
  group:owners owns svc:team
  usr:ann in group:leads in group:owners
  group:empty owns agent:bot
  usr:gone in group:empty
  wkl:batch is SUSPENDED has role:cleaner@/test grants perm:clean
  wkl:batch in group:eng
  svc:late expires ${year2020} has role:admin@/
  svc:ci in group:shared of source:globex-idp has role:peeker@globex:main:/vault grants perm:peek
  svc:spy of tenant:globex has role:viewer@/prod
  svc:spy in group:secret of source:globex-idp has role:peeker@globex:main:/vault
`;
const later = ['svc:lone in group:web', 'no svc:lone in group:web', 'svc:lone.idp disabled', 'gone group:night'];

type Row = Readonly<Record<string, unknown>>;
/** What the API answers to a question, in the rows that the statement gives. */
type Ask = (service: SmallService) => Promise<readonly Row[]>;

// biome-ignore lint/suspicious/noExplicitAny: what a document asks for is known where it is written
async function ask(service: SmallService, query: string): Promise<any> {
  const { data, errors } = await service.ask(query);
  expect(errors).toBeUndefined();
  return data;
}

const everyIdentity = 'identities(first: 1000) { nodes';
const rowsOf = 'totalCount items { permission { action } grantedAt { ... on Resource { path } } decision }';
type PermissionItem = { permission: { action: string }; grantedAt: { path: string }; decision: string };

/** Of each question: its parameters, and who answers it else. */
const ANSWERS: Readonly<Record<string, readonly [Readonly<Record<string, string>>, Ask]>> = {
  'Who goes by a name like this?': [
    { name: '*dep*' },
    async (service) => {
      const { search } = await ask(service, '{ search(text: "dep", first: 100) { __typename id } }');
      return search.map(({ __typename: kind, id }: { __typename: string; id: string }) => ({ kind, id }));
    },
  ],
  'Who is in a group, directly or through other groups?': [
    { group: 'eng' },
    async (service) => {
      const { identities } = await ask(service, '{ identities(filter: { inGroup: "group:eng" }) { nodes { label } } }');
      return identities.nodes.map(({ label }: { label: string }) => ({ identity: label }));
    },
  ],
  'What may an identity do, and where?': [
    { identity: 'svc:ci' },
    async (service) => {
      const { identity } = await ask(
        service,
        `{ identity(ref: "svc:ci") { ... on Identity { access { effectivePermissions(first: 1000) { ${rowsOf} } } } } }`,
      );
      return identity.access.effectivePermissions.items.map(({ permission, grantedAt, decision }: PermissionItem) => ({
        action: permission.action,
        scope: grantedAt.path,
        decision,
      }));
    },
  ],
  'By which paths does an identity come to a permission?': [
    { identity: 'svc:ci', action: 'list' },
    async (service) => {
      const { inheritancePaths } = await ask(
        service,
        `{ inheritancePaths(identity: "svc:ci", permission: "perm:list", first: 1000) {
             items { hops { from { id } to { id } } scope { ... on Resource { path } } } pageInfo { hasNextPage } } }`,
      );
      expect(inheritancePaths.pageInfo.hasNextPage).toBe(false);
      return inheritancePaths.items.map(
        ({ hops, scope }: { hops: { from: { id: string }; to: { id: string } }[]; scope: { path: string } }) => ({
          path: [hops[0]?.from.id, ...hops.map(({ to }) => to.id)],
          scope: scope.path,
        }),
      );
    },
  ],
  'Who may come to a permission?': [
    { action: 'deploy' },
    async (service) => {
      const { whoCan } = await ask(
        service,
        '{ whoCan(permission: "perm:deploy", first: 1000) { items { identity { label type } } } }',
      );
      return whoCan.items.map(({ identity }: { identity: { label: string; type: string } }) => ({
        identity: identity.label,
        type: identity.type,
      }));
    },
  ],
  'For whom that is no person does no active person answer?': [
    {},
    async (service) => {
      const { findings } = await ask(
        service,
        '{ findings(filter: { rule: ["orphaned-nhi"] }, first: 1000) { nodes { identity { label } } } }',
      );
      return findings.nodes.map(({ identity }: { identity: { label: string } }) => ({ identity: identity.label }));
    },
  ],
  'What would those who are not active have again?': [
    {},
    async (service) => {
      const latent = `access { effectivePermissions(standing: LATENT, first: 1000) { ${rowsOf} } }`;
      const { identities } = await ask(service, `{ ${everyIdentity} { label state ${latent} } } }`);
      return identities.nodes
        .filter(({ state }: { state: string }) => state !== 'ACTIVE')
        .flatMap(({ label: identity, state, access }: { label: string; state: string; access: LatentAccess }): Row[] =>
          access.effectivePermissions.items.map(({ permission: { action }, grantedAt: { path: scope } }) => ({
            identity,
            state,
            action,
            scope,
          })),
        );
    },
  ],
  'Who has access across the border of a tenant?': [
    {},
    async (service) => {
      const { identities } = await ask(service, `{ ${everyIdentity} { label access { summary { crossTenant } } } } }`);
      return identities.nodes
        .map(({ label, access }: { label: string; access: { summary: { crossTenant: number } } }) => ({
          identity: label,
          permissions: access.summary.crossTenant,
        }))
        .filter(({ permissions }: { permissions: number }) => permissions > 0);
    },
  ],
  'What was an account before?': [
    { account: 'svc:lone.idp' },
    async ({ store }) => {
      const log = await wholeLog(store);
      const history = await store.history(systemScope, asNodeId('svc:lone.idp'));
      return history.flatMap(({ stamps: { since }, until }) =>
        until === undefined ? [] : [{ since, until, endedBy: log[until - 1]?.id }],
      );
    },
  ],
  'Which memberships have ended, when and by whom?': [
    {},
    async ({ store }) =>
      (await wholeLog(store)).flatMap(({ effects, at, meta }) =>
        effects.flatMap((effect) =>
          effect.kind === 'edgeClosed' && effect.version.edge.kind === 'MEMBER_OF'
            ? [
                {
                  member: effect.version.edge.from,
                  group: effect.version.edge.to,
                  at: new Date(at).toISOString().replace('.000Z', 'Z'),
                  by: JSON.stringify(meta),
                },
              ]
            : [],
        ),
      ),
  ],
};
interface LatentAccess {
  readonly effectivePermissions: { readonly items: readonly PermissionItem[] };
}

const inOrder = (rows: readonly Row[]) => rows.map((row) => JSON.stringify(row, Object.keys(row).sort())).sort();

describe.each(testServers().map((server, index) => [server.version, index] as const))(
  'the questions of docs/neo4j.md on Neo4j %s',
  (_, index) => {
    let service: SmallService;
    let connection: Connection;
    const growing = createEstate();
    beforeAll(async () => {
      const server = testServers()[index]!;
      service = await startSmallService('', {}, () => openOnFirstFree([server]));
      for (const text of [estate, ...later]) {
        service.clock.advance(1_000);
        await service.commit(growing.read(text));
      }
      connection = connect(server);
    });
    afterAll(async () => {
      await connection.close();
      await service.stop();
    });

    it('are ten, and each is tried', () => {
      expect([...questions.keys()]).toEqual(Object.keys(ANSWERS));
      expect(questions.size).toBe(10);
    });

    const compare = async (title: string, [parameters, answer]: (typeof ANSWERS)[string]) => {
      const rows = await connection.run(questions.get(title)!, parameters);
      const expected = await answer(service);
      expect(expected.length).toBeGreaterThan(0);
      expect(inOrder(rows)).toEqual(inOrder(expected));
    };
    it.each(Object.entries(ANSWERS))('%s', compare);

    describe('where the application honours direct members only', () => {
      beforeAll(() => service.commit(growing.read('app:main direct-members-only')));
      it.each(Object.entries(ANSWERS))('%s', compare);
    });
  },
);
