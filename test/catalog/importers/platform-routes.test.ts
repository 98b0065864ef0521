import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createIndexEngine } from '../../../src/access/index/index-engine.js';
import { registerPlatformImports } from '../../../src/catalog/edge/platform-routes.js';
import { platformFilesType } from '../../../src/catalog/importers/file-lines.js';
import { asNodeId } from '../../../src/graph/ids.js';
import { createHttpServer } from '../../../src/http/server.js';
import { readConfig } from '../../../src/kernel/config.js';
import type { Caller } from '../../../src/usecases/caller.js';
import { createOpaqueText } from '../../../src/usecases/opaque-text.js';
import { openTemporarySqlite } from '../../store/sqlite-fixture.js';
import { actions, details, user } from './aws-files.js';

const administrator: Caller = { name: 'test', credential: 'c', tenants: 'all', scopes: ['catalog:write'] };

describe('PUT /import/v1/{format}/{application}', () => {
  let caller = administrator;
  let fixture: Awaited<ReturnType<typeof openTemporarySqlite>>;
  let server: ReturnType<typeof createHttpServer>;
  let url: string;
  let engine: ReturnType<typeof createIndexEngine>;
  beforeEach(async () => {
    caller = administrator;
    fixture = await openTemporarySqlite();
    const clock = { now: () => Date.parse('2026-11-24T02:00:00Z') };
    engine = createIndexEngine({ log: fixture.graph, clock });
    const opaque = createOpaqueText(randomBytes(32));
    server = createHttpServer({
      limits: readConfig({}),
      trustProxy: false,
      logLevel: 'silent',
      readiness: () => ({ ready: true }),
      printRevision: () => '1',
    });
    const services = { store: fixture.graph, side: fixture.side, engine, opaque, clock };
    registerPlatformImports(server, { services, authenticate: async () => caller, documentLimitBytes: 100_000 });
    url = await server.listen({ host: '127.0.0.1', port: 0 });
  });
  afterEach(async () => {
    await server.close();
    await engine.close();
    await fixture.remove();
  });

  const put = (path: string, type: string, body: string) =>
    fetch(`${url}${path}`, { method: 'PUT', headers: { 'content-type': type }, body });

  it('takes one file of any type', async () => {
    const response = await put('/import/v1/aws/cloud', 'text/tab-separated-values', actions.text);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ catalogue: { counts: { permissions: { added: 9 } } }, notes: [] });
  });

  it('takes several files, a line or several lines each', async () => {
    const { name, text } = details({ users: [user('alice')] });
    const lines = [
      { name: actions.name, text: actions.text },
      { name, text: text.slice(0, 10), more: true },
      { name, text: text.slice(10) },
    ].map((line) => JSON.stringify(line));
    const response = await put('/import/v1/aws/cloud', platformFilesType, lines.join('\n'));
    const { notes } = (await response.json()) as { notes: { code: string }[] };
    expect(notes.map(({ code }) => code)).toEqual(['NO_SOURCE', 'NOT_IN_EXPORT', 'ASSUMED_TYPE']);
  });

  it.each([
    ['an unknown format', '/import/v1/vms/cloud', 'text/plain', actions.text],
    ['a line that is no file', '/import/v1/aws/cloud', platformFilesType, '{"name":"x"}'],
    ['a time that is none', '/import/v1/aws/cloud?takenAt=noon', 'text/plain', actions.text],
    ['a file of something else', '/import/v1/aws/cloud', 'text/plain', 'hello'],
  ])('refuses %s', async (_what, path, type, payload) => {
    expect((await put(path, type, payload)).status).toBe(400);
    expect((await fixture.graph.head()).openNodes).toBe(0);
  });

  it('refuses those who do not see all tenants', async () => {
    caller = { ...administrator, tenants: [asNodeId('tnt.acme')] };
    expect((await put('/import/v1/aws/cloud', 'text/plain', actions.text)).status).toBe(403);
  });
});
