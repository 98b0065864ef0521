import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { untilTrue } from '../until-true.js';
import {
  createTemporaryFolder,
  type RunningCommand,
  runCommand,
  startCommand,
  type TemporaryFolder,
} from './running-service.js';

const token = 'an-administrator-token-of-the-tests';

describe('the command line', () => {
  let folder: TemporaryFolder;
  let service: RunningCommand;
  let url: string;
  const admin = (...args: string[]) => runCommand(['--url', url, '--token', token, ...args]);

  beforeAll(async () => {
    folder = createTemporaryFolder();
    service = startCommand(['serve'], {
      DATA_DIR: `${folder.path}/data`,
      PORT: '0',
      ADMIN_TOKEN: token,
      LOG_LEVEL: 'warn',
    });
    url = (await service.printed(/serves at (http:\S+)/))[1] as string;
  });
  afterAll(() => {
    service.child.kill('SIGKILL');
    folder.remove();
  });

  it('leads from nothing to the first push', async () => {
    const catalogue = 'docs/formats/crm.catalogue.yaml';
    expect(await admin('tenant', 'create', 'acme', '--name', 'Acme')).toMatchObject({ code: 0 });
    expect(await admin('put', 'catalogue', 'crm', catalogue)).toMatchObject({ code: 0 });
    expect((await admin('application', 'install', 'crm', 'acme', '--environment', 'prod')).out).toBe(
      'installed; its resources there begin at crm:/acme\n',
    );
    const made = await admin('source', 'create', 'acme/okta', '--kind', 'idp', '--preset', 'okta');
    const [, baseUrl, scimToken] = /base URL (\S+)\ntoken {4}(\S+)/.exec(made.out) as RegExpExecArray;
    const pushed = await fetch(`${baseUrl}/Users`, {
      method: 'POST',
      // Some wizards send the token without a scheme.
      headers: { authorization: scimToken as string, 'content-type': 'application/scim+json' },
      body: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'svc-sync' }),
    });
    expect(pushed.status).toBe(201);
    const preview = await admin('classify', 'acme.okta', '--rules', '[{"type":"SERVICE_ACCOUNT","userName":"svc-*"}]');
    expect(preview.out).toContain('acme.okta/svc-sync: HUMAN → SERVICE_ACCOUNT');
    const applied = await admin(
      'classify',
      'acme.okta',
      '--rules',
      '[{"type":"SERVICE_ACCOUNT","userName":"svc-*"}]',
      '--apply',
    );
    expect(applied.out).toBe('1 accounts have another type\n');
    const rotated = await admin('source', 'rotate-token', 'acme.okta');
    expect(/token {4}(\S+)/.exec(rotated.out)?.[1]).not.toBe(scimToken);
  });

  it('shows the tokens of a source, ends them, and tells its health', async () => {
    expect((await admin('tenant', 'create', 'delta')).code).toBe(0);
    const rules = `${folder.path}/rules.json`;
    writeFileSync(rules, '[{"type":"WORKLOAD","userName":"wl-*"}]');
    const settings = [
      '--authoritative',
      'yes',
      '--emails-verified',
      'yes',
      '--correlate-by',
      'employee_number',
      'email',
    ];
    const made = await admin('source', 'create', 'delta/entra', '--kind', 'idp', '--rules', `@${rules}`, ...settings);
    expect(made).toMatchObject({ code: 0, err: '' });
    const [, baseUrl, token] = /base URL (\S+)\ntoken {4}(\S+)/.exec(made.out) as RegExpExecArray;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' };
    const body = JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'wl-1' });
    expect((await fetch(`${baseUrl}/Users`, { method: 'POST', headers, body })).status).toBe(201);
    const listed = async () => (await admin('source', 'list', '--tenant', 'delta')).out;
    // Health is kept in memory for a second before it is written.
    await untilTrue(async () => !/last write never/.test(await listed()));
    expect(await listed()).toMatch(
      /^delta\.entra {2}IDP generic {2}http:\S+\n {2}last write \S+Z, accounts 1, groups 0, dangling 0, errors 0, coerced nothing\n$/,
    );
    const [id] = /^\S+/.exec((await admin('source', 'tokens', 'delta.entra')).out) as RegExpExecArray;
    expect(await admin('token', 'revoke', id)).toMatchObject({ code: 0 });
    expect((await fetch(`${baseUrl}/Users`, { headers })).status).toBe(401);
  });

  it('says in a line or two what is wrong with what it is given', async () => {
    const other = createServer((_request, response) => response.end('<html>')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = (other.address() as AddressInfo).port;
    const wrong = [
      [['classify', 'acme.okta', '--rules', 'svc-*'], '--rules is no JSON'],
      [['classify', 'acme.okta', '--rules', '@/nowhere.json'], '--rules: `/nowhere.json` cannot be read'],
      [['classify', 'acme.okta', '--rules', '[{"type":"WORKLOAD"}]'], '/rules/0: a rule has exactly one test'],
      [['source', 'create', 'acme/x', '--kind', 'idp', '--authoritative', 'maybe'], '--authoritative is `yes` or `no`'],
      [['--token', 'wrong', 'source', 'list'], 'the service refuses the token'],
      [['--url', `http://127.0.0.1:${port}`, 'source', 'list'], 'is no identity-graph'],
    ] as const;
    for (const [args, line] of wrong) {
      const { code, out, err } = await admin(...args);
      expect([args, code, out, err]).toEqual([args, 1, '', expect.stringContaining(line)]);
      expect(err.trim().split('\n').length).toBeLessThan(4);
    }
    other.close();
  });

  it('makes tokens that can do what they were made for, until they are revoked', async () => {
    const made = await admin('token', 'create', 'dashboard', '--scope', 'graph:read');
    const [, shown, id] = /token (\S+)\nid {4}(\S+)/.exec(made.out) as RegExpExecArray;
    const viewer = () =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${shown}`, 'content-type': 'application/json' },
        body: '{"query":"{ viewer { scopes } }"}',
      });
    expect(await (await viewer()).json()).toEqual({ data: { viewer: { scopes: ['graph:read'] } } });
    expect(await admin('token', 'revoke', id as string)).toMatchObject({ code: 0 });
    expect((await viewer()).status).toBe(401);
  });

  it('imports the files of a platform, a folder of them', async () => {
    const realm = `${folder.path}/realm`;
    mkdirSync(realm);
    writeFileSync(`${realm}/shop.json`, JSON.stringify({ realm: 'shop', roles: { realm: [{ name: 'buyer' }] } }));
    const { code, out } = await admin('import', 'keycloak', realm, '--application', 'shop');
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ catalogue: expect.anything() })]);
    const unknown = await admin('import', 'punchcards', realm, '--application', 'shop');
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('is no format that can be imported')]);
  });

  it('says what is wrong with a document, fault by fault, and changes nothing', async () => {
    const faulty = `${folder.path}/faulty.yaml`;
    writeFileSync(faulty, crm.replace('tier: 3', 'tier: 9').replace('[contact.read]', '[contact.reed]'));
    const { code, err } = await admin('put', 'catalogue', 'crm', faulty);
    expect(code).toBe(1);
    expect(err).toContain('/permissions/0/tier');
    expect(await admin('put', 'snapshot', 'crm', faulty)).toMatchObject({
      code: 1,
      err: '`crm` names no source; write its tenant and its slug, as `acme/crm`\n',
    });
  });

  it('exports beside the running service, and restores into an empty folder', async () => {
    const data = { DATA_DIR: `${folder.path}/data` };
    const first = `${folder.path}/first.ndjson`;
    expect(await runCommand(['export', first], data)).toMatchObject({ code: 0 });
    expect(await runCommand(['restore', first], { DATA_DIR: `${folder.path}/restored` })).toMatchObject({ code: 0 });
    const second = `${folder.path}/second.ndjson`;
    await runCommand(['export', second], { DATA_DIR: `${folder.path}/restored` });
    expect(readFileSync(second, 'utf8')).toBe(readFileSync(first, 'utf8'));
    expect((await runCommand(['check'], data)).out).toMatch(
      /^whole: \d+ commits up to revision \d+, \d+ nodes, \d+ edges\n$/,
    );
    expect(await runCommand(['backup', `${folder.path}/copy.db`], data)).toMatchObject({ code: 0 });
    expect(await runCommand(['backup', `${folder.path}/copy.db`], data)).toMatchObject({
      code: 1,
      err: `\`${folder.path}/copy.db\` is there already; name another file\n`,
    });
    expect(await runCommand(['backup', `${folder.path}/no/copy.db`], data)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^`\S+` cannot be written \(.*\); name another file\n$/),
    });
  }, 180_000);

  it('refuses faulty configuration with every fault at once', async () => {
    const { code, err } = await runCommand(['serve'], { PORT: 'many', ADMIN_TOKEN: 'short', LOG_LEVEL: 'loud' });
    expect(code).toBe(1);
    for (const name of ['PORT', 'ADMIN_TOKEN', 'LOG_LEVEL']) expect(err).toContain(name);
  });

  it('refuses a token that no header could carry, a host that there is not, and a demo folder that it cannot read', async () => {
    const spaced = await runCommand(['serve'], {
      ADMIN_TOKEN: 'a token of words, and of more than thirty-two letters',
    });
    expect([spaced.code, spaced.err]).toEqual([1, expect.stringContaining('ADMIN_TOKEN must be 32 to 512 of')]);
    const host = await runCommand(['serve'], { DATA_DIR: `${folder.path}/host`, HOST: 'nowhere.invalid', PORT: '0' });
    expect([host.code, host.err]).toEqual([
      1,
      expect.stringMatching(/^port 0 on nowhere\.invalid cannot be listened on .*\n$/),
    ]);
    mkdirSync(`${folder.path}/torn`);
    writeFileSync(`${folder.path}/torn/demo.json`, '{"administrator');
    const torn = await runCommand(['demo'], { DATA_DIR: `${folder.path}/torn`, PORT: '0' });
    expect([torn.code, torn.err]).toEqual([1, expect.stringContaining('remove its folder to begin anew')]);
  });

  it('says what to do where no service answers, and where the data folder cannot be made', async () => {
    const unreachable = await runCommand(['--url', 'http://127.0.0.1:9', 'tenant', 'create', 'x']);
    expect([unreachable.code, unreachable.err]).toEqual([1, expect.stringContaining('start it with `npm start`')]);
    const unwritable = await runCommand(['serve'], { DATA_DIR: '/dev/null/data' });
    expect([unwritable.code, unwritable.err]).toEqual([1, expect.stringContaining('set DATA_DIR')]);
  });

  it('prints help for every command', async () => {
    const helpOf = async (...command: string[]): Promise<void> => {
      const { code, out, err } = await runCommand([...command, '--help']);
      expect([command, code, err]).toEqual([command, 0, '']);
      expect(out.split('\n')[2]?.length).toBeGreaterThan(4);
      const [, listed = ''] = /^Commands:\n([\s\S]*?)\n\n/m.exec(`${out}\n\n`) ?? [];
      const names = [...listed.matchAll(/^ {2}([a-z][\w-]*)/gm)].map((match) => match[1] as string);
      await Promise.all(names.filter((one) => one !== 'help').map((name) => helpOf(...command, name)));
    };
    await helpOf();
  }, 180_000);

  it('prints help with every variable of the environment', async () => {
    const { code, out } = await runCommand(['--help']);
    expect(code).toBe(0);
    for (const name of ['PORT', 'DATA_DIR', 'ADMIN_TOKEN', 'PUBLIC_URL']) expect(out).toContain(name);
  });
});

const crm = readFileSync('docs/formats/crm.catalogue.yaml', 'utf8');
