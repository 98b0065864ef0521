import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { platformFilesType } from '../../../src/catalog/importers/file-lines.js';
import { crmCatalogue, makeAcme, startWholeService, type WholeService } from '../../walks/whole-service.js';
import { actions, details, user } from '../importers/aws-files.js';

describe('documents over HTTP', () => {
  let service: WholeService;
  let readOnly: string;

  beforeAll(async () => {
    service = await startWholeService({ IMPORT_LIMIT_BYTES: '20000' });
    await makeAcme(service);
    const { data } = await service.ask(
      'mutation { createToken(input: { name: "reader", scopes: ["graph:read"] }) { ... on TokenCreated { token } } }',
    );
    readOnly = (data as { createToken: { token: string } }).createToken.token;
  });
  afterAll(() => service.stop());

  const revision = async () => (await service.ask('{ viewer { name } }')).headers.get('graph-revision');
  const putCatalogue = (body: string | object, token?: string) => service.send('PUT', '/catalog/v1/crm', body, token);
  const putSnapshot = (...lines: readonly object[]) =>
    service.send('PUT', '/snapshot/v1/acme/crm', lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const header = (takenAt: string) => ({ kind: 'header', format: 'idgraph/snapshot/v1', id: takenAt, takenAt });

  it('take a catalogue again without effect', async () => {
    const before = await revision();
    const { status, body } = await putCatalogue(crmCatalogue);
    expect([status, body.revision]).toEqual([200, before]);
  });

  it('refuse a faulty catalogue with every fault and its place, and change nothing', async () => {
    const before = await revision();
    const [read, manage] = crmCatalogue.permissions;
    const faulty = {
      ...crmCatalogue,
      permissions: [
        { ...read, tier: 7 },
        { ...manage, class: 'EVERYTHING' },
      ],
      roles: [{ name: 'viewer', colour: 'red' }],
    };
    const { status, body } = await putCatalogue(faulty);
    expect([status, body.code]).toEqual([400, 'INVALID']);
    expect(body.issues.map((issue: { pointer: string }) => issue.pointer).sort()).toEqual([
      '/permissions/0/tier',
      '/permissions/1/class',
      '/roles/0/colour',
    ]);
    expect(await revision()).toBe(before);
  });

  it('refuse what is no document, one of another application, and one that is too large', async () => {
    const codes = async (body: string | object) => {
      const answer = await putCatalogue(body);
      return [answer.status, answer.body.code];
    };
    expect(await codes('{ "kind": ')).toEqual([400, 'INVALID']);
    expect(await codes('')).toEqual([400, 'INVALID']);
    expect(await codes({ ...crmCatalogue, application: 'erp' })).toEqual([400, 'INVALID']);
    expect(await codes(' '.repeat(20_001))).toEqual([413, 'TOO_LARGE']);
  });

  it('want a token with the scope for it', async () => {
    expect((await putCatalogue(crmCatalogue, 'no-such-token-at-all')).status).toBe(401);
    expect((await putCatalogue(crmCatalogue, readOnly)).status).toBe(403);
  });

  it('refuse a snapshot of which a line is faulty, naming the line, and change nothing', async () => {
    const before = await revision();
    const { status, body } = await putSnapshot(
      header('2026-01-01T00:00:00Z'),
      { kind: 'account', externalId: 'a1', userName: 'svc-a', type: 'SERVICE_ACCOUNT' },
      { kind: 'account', externalId: 'a2', userName: 'svc-b', type: 'ROBOT' },
      { kind: 'trailer', counts: { account: 2 } },
    );
    expect([status, body.issues[0].pointer]).toEqual([400, '/3/type']);
    expect(await revision()).toBe(before);
  });

  it('refuse a snapshot from the future, which would keep every true one out', async () => {
    const { status, body } = await putSnapshot(header('2099-01-01T00:00:00Z'), { kind: 'trailer', counts: {} });
    expect([status, body.issues]).toEqual([
      400,
      [expect.objectContaining({ pointer: '/1/takenAt', message: 'is later than now: `2099-01-01T00:00:00Z`' })],
    ]);
  });

  it('say of a snapshot without its trailer that it is partial', async () => {
    const { status, body } = await putSnapshot(header('2026-01-02T00:00:00Z'), {
      kind: 'account',
      externalId: 'a1',
      userName: 'svc-a',
      type: 'SERVICE_ACCOUNT',
    });
    expect([status, body.complete]).toEqual([200, false]);
  });

  it('move the last write of their source, even without effect, as SCIM does; refused ones do not', async () => {
    const lastWrite = async (ref: string) => {
      const { data } = await service.ask('{ sources { nodes { ref health { lastWriteAt } } } }');
      const { nodes } = (data as { sources: { nodes: { ref: string; health: { lastWriteAt: string | null } }[] } })
        .sources;
      return Date.parse(nodes.find((node) => node.ref === ref)?.health.lastWriteAt ?? '1970-01-01T00:00:00Z');
    };
    await service.send('PUT', '/import/v1/aws/cloud', actions.text);
    await service.ask(
      'mutation { installApplication(application: "cloud", tenant: "acme", environment: PROD) { __typename } }',
    );
    await service.ask(
      'mutation { createSource(input: { tenant: "acme", slug: "aws", kind: APPLICATION, application: "cloud" }) { __typename } }',
    );
    const putFiles = (body: string) =>
      fetch(`${service.url}/import/v1/aws/cloud?source=acme.aws`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${service.token}`, 'content-type': platformFilesType },
        body,
      });
    const files = [actions, details({ users: [user('alice')] })]
      .map(({ name, text }) => JSON.stringify({ name, text }))
      .join('\n');
    const snapshot = [header('2026-01-02T12:00:00Z'), { kind: 'trailer', counts: {} }];
    for (const [ref, put] of [
      ['acme.crm', () => putSnapshot(...snapshot)],
      ['acme.crm', () => putSnapshot(...snapshot)],
      ['acme.aws', () => putFiles(files)],
    ] as const) {
      const began = Date.now();
      expect((await put()).status).toBe(200);
      expect(await lastWrite(ref)).toBeGreaterThanOrEqual(began);
    }
    const before = await lastWrite('acme.crm');
    expect((await putSnapshot(header('2099-01-01T00:00:00Z'))).status).toBe(400);
    expect(await lastWrite('acme.crm')).toBe(before);
  });

  it('refuse a line that is too long, and a body that is packed', async () => {
    const large = await startWholeService();
    await makeAcme(large);
    const head = `${JSON.stringify(header('2026-01-03T00:00:00Z'))}\n`;
    const answer = await large.send('PUT', '/snapshot/v1/acme/crm', `${head}"${'x'.repeat(3_000_000)}"\n`);
    expect([answer.status, answer.body.issues]).toEqual([
      400,
      [expect.objectContaining({ pointer: '/2', code: 'TOO_LARGE' })],
    ]);
    await large.stop();
    const packed = await fetch(`${service.url}/catalog/v1/crm`, {
      method: 'PUT',
      headers: { authorization: service.token, 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify(crmCatalogue)),
    });
    expect([packed.status, ((await packed.json()) as { message: string }).message]).toEqual([
      415,
      'the encoding `gzip` is not taken; send the document as it is',
    ]);
  });

  it('answer of a source that is not there as of any other absent thing', async () => {
    const { status, body } = await service.send('PUT', '/snapshot/v1/acme/nowhere', '{}\n');
    expect([status, body.code]).toEqual([404, 'NOT_FOUND']);
  });
});
