import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSystemClock } from '../../src/kernel/clock.js';
import { connect } from '../../src/store/neo4j/driver.js';
import { openNeo4jStore } from '../../src/store/neo4j/neo4j-store.js';
import { createTemporaryFolder, startCommand } from '../cli/running-service.js';
import { startBoltProxy } from '../store/bolt-proxy.js';
import { type OwnServer, startOwnServer } from '../store/own-neo4j.js';
import { wholeLog } from '../store/store-fixture.js';
import { type Answer, makeAcme, startWholeService, type WholeService } from './whole-service.js';

/** A busy machine starts a database in half a minute, and this file does so several times. */
const longMs = 300_000;

let server: OwnServer;
beforeAll(async () => {
  server = await startOwnServer();
}, longMs);
afterAll(() => server?.stop());

const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 1_000));
const environmentOf = ({ uri, username, password }: Pick<OwnServer, 'uri' | 'username' | 'password'>) => ({
  NEO4J_URI: uri,
  NEO4J_USERNAME: username,
  NEO4J_PASSWORD: password,
});
const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const refusedWell = ({ status, headers }: Answer) => status === 503 && /^\d+$/.test(headers.get('retry-after') ?? '');

/** Until the service says so, or two minutes have passed; the last that it said. */
async function untilReady(url: string, ready: boolean): Promise<{ readonly status: number; readonly body: unknown }> {
  const until = performance.now() + 120_000;
  for (;;) {
    const response = await fetch(`${url}/readyz`);
    const answer = { status: response.status, body: await response.json() };
    if ((answer.status === 200) === ready || performance.now() > until) return answer;
    await seconds(0.1);
  }
}

/** Begins a write, over and over if need be, until the server is seen in the middle of its transaction. */
async function untilWriting<Begun extends { readonly writing: Promise<Answer> }>(
  begin: () => Promise<Begun>,
): Promise<Begun> {
  const connection = connect(server);
  try {
    for (;;) {
      const begun = await begin();
      let [seen, answered] = [false, false];
      void begun.writing.then(() => {
        answered = true;
      });
      while (!seen && !answered) {
        const running = await connection.runAlone(
          `SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS 'CREATE' RETURN currentQuery`,
        );
        seen = running.some(({ currentQuery }) => !String(currentQuery).includes('SHOW'));
      }
      if (seen) return begun;
    }
  } finally {
    await connection.close();
  }
}

describe('a database that is not there when the service starts', () => {
  it(
    'is waited for: requests are refused and told when to come again, and all goes well once it is there',
    async () => {
      await server.kill();
      const folder = createTemporaryFolder();
      const environment = { ...environmentOf(server), PORT: '0', DATA_DIR: folder.path, LOG_LEVEL: 'silent' };
      const service = startCommand(['serve'], environment);
      try {
        const url = (await service.printed(/serves at (http:\S+)/))[1] as string;
        expect((await fetch(`${url}/healthz`)).status).toBe(200);
        expect(await untilReady(url, false)).toEqual({
          status: 503,
          body: { ready: false, reason: 'the store does not answer' },
        });
        const headers = { authorization: 'Bearer a-token-that-is-not-known', 'content-type': 'application/json' };
        const asked = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers,
          body: '{"query":"{ viewer { name } }"}',
        });
        expect([asked.status, asked.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
        expect(await asked.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
        const pushed = await fetch(`${url}/scim/v2/acme/idp/Users`, { headers });
        expect([pushed.status, pushed.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
        expect(await pushed.json()).toMatchObject({ status: '503' });

        await server.start();
        const token = (await service.printed(/administrator token, shown at the first start only: (\S+)/))[1] as string;
        expect((await untilReady(url, true)).status).toBe(200);
        const viewer = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { ...headers, authorization: `Bearer ${token}` },
          body: '{"query":"{ viewer { name } }"}',
        });
        expect(await viewer.json()).toEqual({ data: { viewer: { name: 'administrator' } } });
      } finally {
        service.child.kill('SIGKILL');
        folder.remove();
      }
    },
    longMs,
  );
});

describe('a service whose database fails', () => {
  let service: WholeService;
  let idp: { readonly scimBaseUrl: string; readonly token: string };
  beforeAll(async () => {
    // What is asked here is that nothing is lost, also on a machine that is slow.
    service = await startWholeService({ ...environmentOf(server), REQUEST_DEADLINE_MS: '120000' });
    await untilReady(service.url, true);
    ({ idp } = await makeAcme(service));
  }, longMs);
  afterAll(() => service?.stop());

  const scim = (method: string, path: string, body: object | string = '') =>
    service.send(method, `${idp.scimBaseUrl}${path}`, body, idp.token);

  it(
    'refuses or succeeds while it is restarted under load; nothing acknowledged is lost, and no hand is needed',
    async () => {
      const acknowledged = new Map<string, string>();
      const odd: Answer[] = [];
      let [refused, wanted] = [0, Number.POSITIVE_INFINITY];
      const client = async (name: number) => {
        for (let at = 0; acknowledged.size < wanted; at += 1) {
          const userName = `u-${name}-${at}`;
          const answer = await scim('POST', '/Users', { schemas: [userSchema], userName });
          if (answer.status === 201) acknowledged.set(userName, answer.body.id as string);
          else if (refusedWell(answer)) refused += 1;
          // A write that was refused with an unknown outcome may be there.
          else odd.push(answer);
        }
      };
      const clients = Array.from({ length: 8 }, (_, name) => client(name));
      await seconds(2);
      await server.kill();
      expect((await untilReady(service.url, false)).status).toBe(503);
      const question = await service.send('POST', '/graphql', { query: '{ viewer { name } }' });
      expect(refusedWell(question)).toBe(true);
      await server.start();
      expect((await untilReady(service.url, true)).status).toBe(200);
      wanted = acknowledged.size + 40;
      await Promise.all(clients);
      expect([odd.map(({ status, body }) => [status, body]), refused > 0]).toEqual([[], true]);

      const lost: unknown[] = [];
      for (const [userName, id] of acknowledged) {
        const { status, body } = await scim('GET', `/Users/${id}`);
        if (body.userName !== userName) lost.push([userName, status, body]);
      }
      expect(lost).toEqual([]);
      const { graph } = await openNeo4jStore({ ...server, clock: createSystemClock() });
      const revisions = (await wholeLog(graph)).map(({ revision }) => revision);
      expect(revisions).toEqual(revisions.map((_, at) => at + 1));
      await graph.close();
    },
    longMs,
  );

  it(
    'keeps a write whole or does not keep it where it is killed in mid-transaction',
    async () => {
      const value = Array.from({ length: 1_000 }, (_, at) => ({ value: `member-${at}` }));
      const add = { schemas: [patchSchema], Operations: [{ op: 'add', path: 'members', value }] };
      const { group, writing } = await untilWriting(async () => {
        const { body } = await scim('POST', '/Groups', { schemas: [groupSchema], displayName: 'Half' });
        return { group: body, writing: scim('PATCH', `/Groups/${body.id}`, add) };
      });
      await server.kill();
      await server.start();
      const answer = await writing;
      expect(answer.status === 204 || refusedWell(answer)).toBe(true);
      await untilReady(service.url, true);
      const { body } = await scim('GET', `/Groups/${group.id}`);
      const found = body.members?.length ?? 0;
      expect(answer.status === 204 ? [1_000] : [0, 1_000]).toContain(found);
      expect((await scim('PATCH', `/Groups/${group.id}`, add)).status).toBe(204);
      expect((await scim('GET', `/Groups/${group.id}`)).body.members).toHaveLength(1_000);
    },
    longMs,
  );
});

describe('a database that hangs', () => {
  it(
    'makes the service not ready at once when a head is five seconds old, and holds no request beyond its deadline',
    async () => {
      const proxy = await startBoltProxy(server.uri);
      const service = await startWholeService({
        ...environmentOf({ ...server, uri: proxy.uri }),
        REQUEST_DEADLINE_MS: '8000',
      });
      try {
        expect((await untilReady(service.url, true)).status).toBe(200);
        proxy.hang();
        const from = performance.now();
        const answers = await Promise.all([
          service.send('POST', '/graphql', { query: '{ viewer { name } }' }),
          service.send('GET', '/scim/v2/acme/idp/Users', ''),
        ]);
        expect(answers.map(refusedWell)).toEqual([true, true]);
        expect(performance.now() - from).toBeLessThan(20_000);
        expect(await untilReady(service.url, false)).toEqual({
          status: 503,
          body: { ready: false, reason: 'the store does not answer' },
        });
        expect(performance.now() - from).toBeLessThan(25_000);
        proxy.pass();
        expect((await untilReady(service.url, true)).status).toBe(200);
        expect((await service.send('POST', '/graphql', { query: '{ viewer { name } }' })).status).toBe(200);
      } finally {
        proxy.pass();
        await service.stop();
        await proxy.close();
      }
    },
    longMs,
  );
});
