import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { configTable, readConfig } from '../../src/kernel/config.js';
import {
  createTemporaryFolder,
  type RunningCommand,
  startCommand,
  type TemporaryFolder,
} from '../cli/running-service.js';

const duration = z.string().regex(/^\d+s$/);
const size = z.string().regex(/^\d+[mg]$/);
/** What of the Compose specification the files use, by its names, and no other: a misspelt one is refused there too. */
const composeService = z.strictObject({
  build: z.string().optional(),
  image: z.string().optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).optional(),
  ports: z.array(z.string()),
  // One that is null is passed on as it is set where Compose runs, or not at all.
  environment: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  volumes: z.array(z.string()),
  healthcheck: z.strictObject({
    test: z.array(z.string()),
    interval: duration,
    timeout: duration,
    start_period: duration,
    retries: z.number(),
  }),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()),
  ulimits: z.strictObject({ nofile: z.number() }).optional(),
  stop_grace_period: duration,
  mem_limit: size,
  restart: z.string(),
});
type ComposeService = z.output<typeof composeService>;
const composeFile = z.strictObject({
  name: z.string().optional(),
  services: z.record(z.string(), composeService),
  volumes: z.record(z.string(), z.null()),
});

const compose = (name: string) => composeFile.parse(parse(readFileSync(name, 'utf8')));
const onNeo4j = compose('docker-compose.yml');
const embedded = compose('docker-compose.embedded.yml');
const environment = { NEO4J_PASSWORD: 'a password of the tests' };

/** `${NAME}`, `${NAME:-default}` and `${NAME:?error}` as Compose replaces them. */
function interpolate(value: string | number, given: Readonly<Record<string, string>>): string {
  return String(value).replaceAll(
    /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (_, name: string, operator: string, rest: string) => {
      if (given[name]) return given[name];
      if (operator === '?') throw new Error(`${name}: ${rest}`);
      return rest ?? '';
    },
  );
}
const environmentOf = ({ environment: names }: ComposeService, given: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(names).flatMap(([name, value]) => {
      const said = value === null ? given[name] : interpolate(value, given);
      return said === undefined ? [] : [[name, said]];
    }),
  );
const bytesOf = (limit: string): number => {
  const [, count, unit] = /^(\d+)([mg])$/.exec(limit) as RegExpExecArray;
  return Number(count) * (unit === 'g' ? 2 ** 30 : 2 ** 20);
};

/** As Docker reads a pattern: `*` within a name, also one that begins with a dot, and `**` over folders. */
const regexOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replaceAll('.', '\\.')
      .replaceAll('**/', '(?:.*/)?')
      .replaceAll(/(?<![.])\*/g, '[^/]*')}$`,
  );

describe.each([
  ['docker-compose.yml', onNeo4j],
  ['docker-compose.embedded.yml', embedded],
])('%s', (_, { services, volumes }) => {
  it('gives each of its services a health check, bounded memory, kept data and no more rights than it needs', () => {
    for (const service of Object.values(services)) {
      expect(service.healthcheck.test[0]).toMatch(/^CMD/);
      expect(bytesOf(service.mem_limit)).toBeGreaterThanOrEqual(2 ** 30);
      expect(service.restart).toBe('unless-stopped');
      expect(service.security_opt).toContain('no-new-privileges:true');
      for (const volume of service.volumes) expect(Object.keys(volumes)).toContain(volume.split(':')[0]);
      for (const port of service.ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    }
    expect(services.service).toMatchObject({ build: '.', read_only: true, cap_drop: ['ALL'] });
    expect(services.service?.volumes.map((volume) => volume.split(':')[1])).toEqual(['/data', '/tmp']);
  });

  it('configures the service by names that it knows and values that it takes, and holds no secret itself', () => {
    const known = [...configTable().matchAll(/^(\w+) /gm)].map(([, name]) => name);
    const { environment: names } = services.service as ComposeService;
    for (const name of Object.keys(names)) expect(known).toContain(name);
    const ofTheImage = ['HOST', 'DATA_DIR', 'ACCESS_ENGINE', ...known.filter((name) => name?.startsWith('NEO4J_'))];
    expect(known.filter((name) => !ofTheImage.includes(name) && !Object.keys(names).includes(name as string))).toEqual(
      [],
    );
    expect(() => readConfig(environmentOf(services.service as ComposeService, environment))).not.toThrow();
    for (const name of ['NEO4J_PASSWORD', 'ADMIN_TOKEN', 'SECRET_KEY']) expect(names[name] ?? '${').toMatch(/^\$\{/);
  });
});

describe('docker-compose.yml', () => {
  const { service, neo4j } = onNeo4j.services as Record<'service' | 'neo4j', ComposeService>;

  it('runs the service on the Neo4j beside it, once that is healthy', () => {
    expect(service.depends_on).toEqual({ neo4j: { condition: 'service_healthy' } });
    const given = environmentOf(service, environment);
    expect(new URL(given.NEO4J_URI as string).hostname).toBe('neo4j');
    expect(environmentOf(service, { ...environment, ACCESS_ENGINE: 'neo4j' }).ACCESS_ENGINE).toBe('neo4j');
    expect(environmentOf(neo4j, environment).NEO4J_AUTH).toBe(`${given.NEO4J_USERNAME}/${given.NEO4J_PASSWORD}`);
  });

  it('asks for a password in one line where none is given', () => {
    for (const each of [service, neo4j])
      expect(() => environmentOf(each, {})).toThrow(
        /^NEO4J_PASSWORD: set NEO4J_PASSWORD in the environment or in \.env/,
      );
  });

  it('takes a release that the tests run on, and more memory than its heap and page cache', () => {
    const [, version] = /^neo4j:(\S+)-community$/.exec(neo4j.image as string) as RegExpExecArray;
    expect(readFileSync('scripts/neo4j-releases.mjs', 'utf8')).toContain(`version: '${version}'`);
    const sizeOf = (name: string) => bytesOf(String(neo4j.environment[`NEO4J_server_memory_${name}`]));
    expect(sizeOf('heap_max__size') + sizeOf('pagecache_size')).toBeLessThan(bytesOf(neo4j.mem_limit));
  });
});

describe('the Dockerfile', () => {
  const text = readFileSync('Dockerfile', 'utf8').replaceAll('\\\n', ' ');
  const instructions = text.split('\n').flatMap((line) => {
    const [, name, rest] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    return name && rest ? [{ name, rest }] : [];
  });
  const of = (wanted: string) => instructions.filter(({ name }) => name === wanted).map(({ rest }) => rest);
  const lastStage = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));

  it('builds in one stage and runs in another, both on Node 24, as a user without rights', () => {
    expect(of('FROM')).toEqual(['node:24-slim AS build', 'node:24-slim']);
    expect(lastStage.filter(({ name }) => name === 'USER').map(({ rest }) => rest)).toEqual(['node']);
    const afterUser = lastStage.slice(lastStage.findIndex(({ name }) => name === 'USER'));
    expect(afterUser.map(({ name }) => name)).not.toContain('RUN');
  });

  it('copies only what exists and what .dockerignore lets through', () => {
    const patterns = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => ({ lets: line.startsWith('!'), regex: regexOf(line.replace(/^!/, '')) }));
    const isIgnored = (path: string) => {
      const parents = path.split('/').map((_, at, all) => all.slice(0, at + 1).join('/'));
      return patterns.findLast(({ regex }) => parents.some((each) => regex.test(each)))?.lets === false;
    };
    const sources = of('COPY')
      .filter((rest) => !rest.startsWith('--from'))
      .flatMap((rest) => rest.split(/\s+/).slice(0, -1));
    expect(sources.filter((source) => !existsSync(source) || isIgnored(source))).toEqual([]);
    for (const path of ['.env', '.git', 'node_modules', 'dist', 'data', '.cache', 'src/.env', 'docs/model.md'])
      expect([path, isIgnored(path)]).toEqual([path, true]);
  });

  it('carries what the program reads beside its code', () => {
    const copied = lastStage.filter(({ name }) => name === 'COPY').map(({ rest }) => rest.split(/\s+/).at(-1));
    expect(copied).toEqual(
      expect.arrayContaining(['node_modules', 'dist/src', 'dist/resolvers', 'schema', 'docs/queries']),
    );
  });

  describe('its health check', () => {
    const [, command] = /CMD (\[.*\])$/.exec(of('HEALTHCHECK')[0] as string) as RegExpExecArray;
    const checks = [JSON.parse(command as string), onNeo4j, embedded].map((each): string[] =>
      Array.isArray(each) ? each : each.services.service.healthcheck.test.slice(1),
    );
    let folder: TemporaryFolder;
    let running: RunningCommand;
    let port: string;
    beforeAll(async () => {
      folder = createTemporaryFolder();
      running = startCommand(['serve'], { DATA_DIR: folder.path, PORT: '0', LOG_LEVEL: 'warn' });
      port = new URL((await running.printed(/serves at (http:\S+)/))[1] as string).port;
    });
    afterAll(async () => {
      running.child.kill('SIGKILL');
      await running.ended;
      folder.remove();
    });
    const exitCode = async ([, ...args]: readonly string[], at: string) => {
      const code = args.map((arg) => arg.replace(':4000/', `:${at}/`));
      return (await once(spawn(process.execPath, code, { env: { PORT: at } }), 'exit'))[0];
    };

    it('passes while the service is ready, and fails where none answers, as that of the compose files', async () => {
      for (const check of checks) {
        expect(check[0]).toBe('node');
        expect(await exitCode(check, port)).toBe(0);
        expect(await exitCode(check, '9')).toBe(1);
      }
    });
  });
});
