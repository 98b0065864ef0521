import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSystemClock } from '../../src/kernel/clock.js';
import { openNeo4jStore } from '../../src/store/neo4j/neo4j-store.js';
import {
  createTemporaryFolder,
  type RunningCommand,
  startCommand,
  type TemporaryFolder,
} from '../cli/running-service.js';
import { emptyDatabase, markForTests, testServers } from '../store/neo4j-fixture.js';
import { wholeLog } from '../store/store-fixture.js';
import { createServiceClient, makeAcme, type ServiceClient } from './whole-service.js';

const [server] = testServers();
const token = 'the-administrator-token-of-the-replicas';
const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const longMs = 240_000;

interface Replica extends ServiceClient {
  readonly process: RunningCommand;
}
let folder: TemporaryFolder;
const started: RunningCommand[] = [];
let replicas: readonly [Replica, Replica];
let idp: { readonly scimBaseUrl: string; readonly token: string };

async function startReplica(name: string): Promise<Replica> {
  const process = startCommand(['serve'], {
    NEO4J_URI: server.uri,
    NEO4J_USERNAME: server.username,
    NEO4J_PASSWORD: server.password,
    SECRET_KEY: '7'.repeat(64),
    ADMIN_TOKEN: token,
    DATA_DIR: `${folder.path}/${name}`,
    PORT: '0',
    LOG_LEVEL: 'error',
    // What is asked here is that nothing is lost, also on a machine that is slow.
    REQUEST_DEADLINE_MS: '60000',
  });
  started.push(process);
  const [, url] = await process.printed(/serves at (http:\S+)/);
  return { process, ...createServiceClient(url as string, token) };
}

beforeAll(async () => {
  folder = createTemporaryFolder();
  await emptyDatabase(server);
  // At once, on a database in which nothing is yet: both make the schema and the first token.
  replicas = await Promise.all([startReplica('one'), startReplica('two')]);
  await markForTests(server);
  ({ idp } = await makeAcme(replicas[0]));
}, longMs);
afterAll(() => {
  for (const { child } of started) child.kill('SIGKILL');
  folder.remove();
});

/** The path below the source's base URL, asked of that replica. */
const scim = (replica: Replica, method: string, path: string, body: object | string = '', source = idp) =>
  replica.send(method, `${new URL(source.scimBaseUrl).pathname}${path}`, body, source.token);
const addMembers = (members: readonly string[]) => ({
  schemas: [patchSchema],
  Operations: [{ op: 'add', path: 'members', value: members.map((value) => ({ value })) }],
});
const makeGroup = async (displayName: string) =>
  (await scim(replicas[0], 'POST', '/Groups', { schemas: [groupSchema], displayName })).body.id as string;
const revisionsOfLog = async () => {
  const { graph } = await openNeo4jStore({ ...server, clock: createSystemClock() });
  const log = await wholeLog(graph);
  await graph.close();
  return log;
};

describe('two services on one database', () => {
  it(
    'show at each what was written at the other, at once where the revision is named and soon where not',
    async () => {
      const [one, two] = replicas;
      for (const [at, [writer, reader]] of [[one, two] as const, [two, one] as const].entries()) {
        const made = await scim(writer, 'POST', '/Users', { schemas: [userSchema], userName: `seen-${at}` });
        const revision = made.headers.get('graph-revision');
        const identity = `identity(ref: "acme/seen-${at}", asOf: { atLeastRevision: "${revision}" })`;
        const { data } = await reader.ask(`{ ${identity} { ... on Identity { access { summary { total } } } } }`);
        expect(data).toEqual({ identity: { access: { summary: { total: 0 } } } });
        const made2 = await scim(writer, 'POST', '/Users', { schemas: [userSchema], userName: `polled-${at}` });
        const wanted = made2.headers.get('graph-revision');
        let followed: string | null = '';
        for (let tries = 0; followed !== wanted && tries < 100; tries += 1) {
          await new Promise((resolve) => setTimeout(resolve, 100));
          followed = (await reader.ask('{ viewer { name } }')).headers.get('graph-revision');
        }
        expect(followed).toBe(wanted);
      }
    },
    longMs,
  );

  it(
    'refuse a revision that nobody has committed',
    async () => {
      const [one, two] = replicas;
      const { headers } = await scim(one, 'GET', '/Users?count=1');
      expect(headers.get('graph-revision')).toMatch(/\S/);
      const answer = await two.send('POST', '/graphql', {
        query: '{ identities(first: 1, asOf: { atLeastRevision: "forged" }) { totalCount } }',
      });
      expect(answer.body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
    },
    longMs,
  );

  it(
    'lose no member when 50 clients add theirs to one group at both',
    async () => {
      const group = await makeGroup('All');
      const batches = Array.from({ length: 50 }, (_, client) =>
        Array.from({ length: 8 }, (__, at) => `m-${client}-${at}`),
      );
      const answers = await Promise.all(
        batches.map((batch, client) => scim(replicas[client % 2]!, 'PATCH', `/Groups/${group}`, addMembers(batch))),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
      for (const replica of replicas) {
        const { body } = await scim(replica, 'GET', `/Groups/${group}`);
        expect((body.members as { value: string }[]).map(({ value }) => value).sort()).toEqual(batches.flat().sort());
      }
    },
    longMs,
  );

  it(
    'lose no member beside removals and renames at both',
    async () => {
      const group = await makeGroup('Busy');
      const path = `/Groups/${group}`;
      await scim(replicas[0], 'PATCH', path, addMembers(Array.from({ length: 20 }, (_, at) => `old-${at}`)));
      const removal = (at: number) => ({ op: 'remove', path: `members[value eq "old-${at}"]` });
      const rename = (at: number) => ({ op: 'replace', path: 'displayName', value: `Busy ${at}` });
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, at) => {
          const Operations = [
            removal(at),
            ...addMembers([`new-${at}`]).Operations,
            ...(at % 5 === 0 ? [rename(at)] : []),
          ];
          return scim(replicas[at % 2]!, 'PATCH', path, { schemas: [patchSchema], Operations });
        }),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
      const { body } = await scim(replicas[1], 'GET', path);
      expect((body.members as { value: string }[]).map(({ value }) => value).sort()).toEqual(
        Array.from({ length: 20 }, (_, at) => `new-${at}`).sort(),
      );
    },
    longMs,
  );

  it(
    'make one identity of one person whom two sources push at both at once',
    async () => {
      const { data } = await replicas[0].ask(
        `mutation { createSource(input: { tenant: "acme", slug: "hr", kind: IDP, preset: "okta", authoritative: false }) { ... on SourceCreated { scimBaseUrl token } } }`,
      );
      const hr = (data as { createSource: typeof idp }).createSource;
      const people = Array.from({ length: 12 }, (_, at) => `person-${at}@acme.test`);
      const answers = await Promise.all(
        people.flatMap((email) =>
          [idp, hr].map((source, at) => {
            const user = {
              schemas: [userSchema],
              userName: email,
              emails: [{ value: email, type: 'work', primary: true }],
            };
            return scim(replicas[at]!, 'POST', '/Users', user, source);
          }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
      const latest = answers.map(({ headers }) => headers.get('graph-revision') as string);
      for (const email of people) {
        const { data: found } = await replicas[1].ask(
          `{ identity(ref: "acme.hr/${email}") { ... on Identity { accounts { ref } } } }`,
        );
        const { accounts } = (
          found as { readonly identity: { readonly accounts: readonly { readonly ref: string }[] } }
        ).identity;
        expect(accounts.map(({ ref }) => ref).sort()).toEqual([`acme.hr/${email}`, `acme.idp/${email}`]);
      }
      expect(new Set(latest).size).toBeGreaterThan(1);
    },
    longMs,
  );

  it(
    'have written one log: gapless, in order of time, and each change once',
    async () => {
      const log = await revisionsOfLog();
      expect(log.map(({ revision }) => revision)).toEqual(log.map((_, at) => at + 1));
      expect(log.every(({ at }, index) => index === 0 || at >= log[index - 1]!.at)).toBe(true);
      expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
    },
    longMs,
  );

  it(
    'go on without one of them that stops in the middle of its writes, and that one goes on after',
    async () => {
      const [one, two] = replicas;
      const statuses = new Map<string, number>();
      const push = async (replica: Replica, userName: string) => {
        const { status } = await scim(replica, 'POST', '/Users', { schemas: [userSchema], userName });
        statuses.set(userName, status);
      };
      const load = Promise.all(Array.from({ length: 60 }, (_, at) => push(one, `stopped-${at}`)));
      await new Promise((resolve) => setTimeout(resolve, 150));
      one.process.child.kill('SIGSTOP');
      try {
        await Promise.all(Array.from({ length: 10 }, (_, at) => push(two, `others-${at}`)));
      } finally {
        one.process.child.kill('SIGCONT');
      }
      await load;
      expect([...statuses].filter(([name, status]) => name.startsWith('others') && status !== 201)).toEqual([]);
      expect([...statuses.values()].filter((status) => ![201, 503].includes(status))).toEqual([]);
      const made = [...statuses].filter(([, status]) => status === 201).map(([name]) => name);
      const filter = (name: string) => `/Users?filter=${encodeURIComponent(`userName eq "${name}"`)}`;
      const found = await Promise.all(
        made.map(async (name) => (await scim(two, 'GET', filter(name))).body.totalResults),
      );
      expect(found).toEqual(made.map(() => 1));
      expect((await one.send('GET', '/readyz', '')).status).toBe(200);
    },
    longMs,
  );
});
