import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSystemClock } from '../../src/kernel/clock.js';
import { openNeo4jStore } from '../../src/store/neo4j/neo4j-store.js';
import { createTemporaryFolder, type TemporaryFolder } from '../cli/running-service.js';
import { put, tenant } from '../graph/small-estate.js';
import { type OwnServer, startOwnServer } from './own-neo4j.js';
import { refusalOf, write } from './store-fixture.js';

let folder: TemporaryFolder;
let server: OwnServer;
beforeAll(async () => {
  folder = createTemporaryFolder();
  const certificateFolder = makeCertificate('server');
  makeCertificate('stranger');
  server = await startOwnServer({ certificateFolder });
}, 300_000);
afterAll(async () => {
  await server?.stop();
  folder.remove();
});

/** A certificate for loopback that vouches for itself, and its key, in a folder of that name. */
function makeCertificate(name: string): string {
  const own = join(folder.path, name);
  for (const each of [own, join(own, 'trusted'), join(own, 'revoked')]) mkdirSync(each, { mode: 0o755 });
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const files = ['-keyout', join(own, 'private.key'), '-out', join(own, 'public.crt')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...names, ...files], {
    stdio: 'ignore',
  });
  chmodSync(join(own, 'private.key'), 0o644);
  return own;
}
const certificateOf = (name: string) => join(folder.path, name, 'public.crt');
const open = (scheme: string, trusted?: string) =>
  openNeo4jStore({
    ...server,
    uri: server.uri.replace('bolt:', `${scheme}:`),
    clock: createSystemClock(),
    limits: { retryMs: 4_000 },
    ...(trusted !== undefined && { trustedCertificates: [certificateOf(trusted)] }),
  });
async function outcomeOf(scheme: string, trusted?: string): Promise<string> {
  const { graph } = await open(scheme, trusted);
  const outcome = await refusalOf(graph.head());
  await graph.close();
  return outcome;
}

describe('an encrypted connection', () => {
  it('is made to a server whose certificate is trusted by name, directly and by routing', async () => {
    const { graph } = await open('bolt', 'server');
    expect((await write(graph, 'a', put(tenant('acme')))).revision).toBe(1);
    await graph.close();
    for (const scheme of ['bolt+s', 'neo4j', 'neo4j+s'])
      expect([scheme, await outcomeOf(scheme, 'server')]).toEqual([scheme, 'none']);
  }, 120_000);

  it('takes any certificate where the address says so, and is refused where nothing vouches for it', async () => {
    expect(await outcomeOf('bolt+ssc')).toBe('none');
    expect(await outcomeOf('bolt+s')).toBe('UNAVAILABLE');
    expect(await outcomeOf('bolt', 'stranger')).toBe('UNAVAILABLE');
  }, 120_000);

  it('is asked for by such a server: without it none is taken', async () => {
    expect(await outcomeOf('bolt')).toBe('UNAVAILABLE');
  }, 120_000);
});
