import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { configTable, readConfig } from '../../src/kernel/config.js';
import { GraphError } from '../../src/kernel/errors.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the configuration', () => {
  it('needs nothing and then listens on loopback with the embedded store', () => {
    const { HOST, PORT, NEO4J_URI, DATA_DIR, ADMIN_TOKEN, PUBLIC_URL, TRUST_PROXY } = readConfig({});
    expect({ HOST, PORT, NEO4J_URI, DATA_DIR, ADMIN_TOKEN, PUBLIC_URL, TRUST_PROXY }).toEqual({
      HOST: '127.0.0.1',
      PORT: 4000,
      NEO4J_URI: undefined,
      DATA_DIR: 'data',
      ADMIN_TOKEN: undefined,
      PUBLIC_URL: undefined,
      TRUST_PROXY: false,
    });
  });

  it('takes empty text as absent and cuts the trailing slash of the public address', () => {
    const { PORT, PUBLIC_URL } = readConfig({ PORT: '', PUBLIC_URL: 'https://graph.example/api//' });
    expect({ PORT, PUBLIC_URL }).toEqual({ PORT: 4000, PUBLIC_URL: 'https://graph.example/api' });
  });

  it('names every fault at once', () => {
    const fault = caught(() =>
      readConfig({ PORT: '70000', LOG_LEVEL: 'loud', TRUST_PROXY: 'yes', NEO4J_URI: 'bolt://x' }),
    );
    expect(fault.code).toBe('INVALID');
    expect(fault.details.issues?.map((issue) => issue.pointer)).toEqual([
      '/PORT',
      '/TRUST_PROXY',
      '/LOG_LEVEL',
      '/NEO4J_USERNAME',
      '/NEO4J_PASSWORD',
    ]);
  });

  it('reads a secret from the file that its _FILE variable names, without the line end', () => {
    const path = join(folder, 'admin');
    writeFileSync(path, `${'t'.repeat(40)}\n`);
    expect(readConfig({ ADMIN_TOKEN_FILE: path }).ADMIN_TOKEN).toBe('t'.repeat(40));
  });

  it('refuses a secret given twice, one whose file is absent, and a short administrator token', () => {
    const path = join(folder, 'key');
    writeFileSync(path, 'a'.repeat(64));
    const pointers = (environment: Record<string, string>) =>
      caught(() => readConfig(environment)).details.issues?.map((issue) => issue.pointer);
    expect(pointers({ SECRET_KEY: 'b'.repeat(64), SECRET_KEY_FILE: path })).toEqual(['/SECRET_KEY']);
    expect(pointers({ ADMIN_TOKEN_FILE: join(folder, 'absent') })).toEqual(['/ADMIN_TOKEN_FILE']);
    expect(pointers({ ADMIN_TOKEN: 'short' })).toEqual(['/ADMIN_TOKEN']);
  });

  it('says each on a line of its own, with what was given and what it is for', () => {
    expect(caught(() => readConfig({ PORT: 'many', TRUST_PROXY: 'yes' })).message).toBe(
      [
        'the configuration has 2 faults:',
        '  PORT is `many`: invalid input: expected number, received NaN (port to listen on; 0 takes any free one)',
        '  TRUST_PROXY is `yes`: invalid option: expected one of "true"|"false" (believe X-Forwarded-* of a proxy before the server)',
      ].join('\n'),
    );
  });

  it('never prints the value of a secret in its faults', () => {
    const fault = caught(() => readConfig({ SECRET_KEY: 'hunter2-hunter2' }));
    expect(JSON.stringify({ message: fault.message, details: fault.details })).not.toContain('hunter2');
  });

  it('refuses the engine on Neo4j without a Neo4j, and an engine that there is not', () => {
    const fault = caught(() => readConfig({ ACCESS_ENGINE: 'neo4j' }));
    expect(fault.message).toContain('NEO4J_URI is required by ACCESS_ENGINE=neo4j');
    expect(fault.details.issues?.map((issue) => issue.pointer)).toEqual(['/NEO4J_URI']);
    expect(caught(() => readConfig({ ACCESS_ENGINE: 'sqlite' })).message).toContain('ACCESS_ENGINE');
    const neo4j = { NEO4J_URI: 'bolt://localhost', NEO4J_USERNAME: 'neo4j', NEO4J_PASSWORD: 'secret' };
    expect(readConfig({ ...neo4j, ACCESS_ENGINE: 'neo4j' }).ACCESS_ENGINE).toBe('neo4j');
    expect(readConfig(neo4j).ACCESS_ENGINE).toBe('index');
  });

  it.each([
    ['bolt://localhost', true],
    ['bolt+ssc://10.0.0.1:7688', true],
    ['neo4j+s://abc.databases.example:7687/?policy=europe', true],
    ['neo4j://[::1]:7687/', true],
    ['localhost:7687', false],
    ['http://localhost:7474', false],
    ['bolt://', false],
  ])('of the address %s of Neo4j: that it can be one is %s', (uri, isOne) => {
    const read = () => readConfig({ NEO4J_URI: uri, NEO4J_USERNAME: 'neo4j', NEO4J_PASSWORD: 'secret' });
    if (isOne) expect(read().NEO4J_URI).toBe(uri);
    else expect(caught(read).details.issues?.map(({ pointer }) => pointer)).toEqual(['/NEO4J_URI']);
  });

  it('prints no password of an address that it refuses', () => {
    const fault = caught(() => readConfig({ NEO4J_URI: 'http://neo4j:secret@localhost:7474' }));
    expect(fault.message).toContain('NEO4J_URI is `http://…@localhost:7474`: must be');
    expect(fault.message).not.toContain('secret');
  });

  it('names each certificate that cannot be read, and what is given for a Neo4j that is not named', () => {
    const neo4j = { NEO4J_URI: 'bolt://localhost', NEO4J_USERNAME: 'neo4j', NEO4J_PASSWORD: 'secret' };
    expect(
      caught(() => readConfig({ ...neo4j, NEO4J_CERTIFICATES: '/no/such.pem, package.json' })).details.issues?.map(
        ({ message }) => message.split(': ')[1],
      ),
    ).toEqual(['no PEM certificate can be read at `/no/such.pem`', 'no PEM certificate can be read at `package.json`']);
    expect(caught(() => readConfig({ NEO4J_PASSWORD: 'secret' })).message).toContain(
      'NEO4J_URI is required beside NEO4J_PASSWORD',
    );
  });

  it('prints a table with one line for each variable', () => {
    const lines = configTable().split('\n');
    expect(lines[0]).toBe('PORT                      port to listen on; 0 takes any free one (default 4000)');
    expect(lines.filter((line) => line.startsWith('ADMIN_TOKEN'))).toHaveLength(1);
  });
});

function caught(act: () => unknown): GraphError {
  try {
    act();
  } catch (error) {
    if (error instanceof GraphError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
