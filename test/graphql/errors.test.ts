import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asNodeId } from '../../src/graph/ids.js';
import type { GraphStore } from '../../src/store/graph-store.js';
import { openTemporarySqlite } from '../store/sqlite-fixture.js';
import { company } from './company.js';
import { type SmallService, startSmallService } from './small-service.js';

let service: SmallService;
beforeAll(async () => {
  service = await startSmallService(company);
});
afterAll(() => service.stop());

const codesOf = async (query: string, options = {}) =>
  (await service.ask(query, options)).errors?.map(({ extensions }) => extensions.code);

describe('errors', () => {
  it('carry a code of the table, the request id and where they happened', async () => {
    const { data, errors, headers } = await service.ask('{ identities(first: 1001) { totalCount } viewer { name } }');
    expect(data.identities).toBeNull();
    expect(data.viewer.name).toMatch(/^token-/);
    expect(errors).toEqual([
      {
        message: '`1001` rows are no page; ask for 1 to 1000',
        locations: [{ line: 1, column: 3 }],
        path: ['identities'],
        extensions: {
          code: 'BAD_USER_INPUT',
          argument: 'first',
          limit: 'MAX_PAGE_SIZE',
          requestId: headers.get('x-request-id'),
        },
      },
    ]);
  });

  it('of a defect tell nothing of the inside, and the log tells all', async () => {
    const detail = { rule: 'retired-rule', tenant: 'tenant:acme', fingerprint: 'f1', score: 99 };
    const tenant = asNodeId('tenant:acme');
    await service.services.side.putFindings([{ fingerprint: 'f1', tenant, openedAt: 0, detail }]);
    const query = '{ findings(filter: { state: [RESOLVED] }) { nodes { rule { id } } } }';
    const { data, errors, headers } = await service.ask(query);
    expect(data).toEqual({ findings: null });
    expect(errors).toEqual([
      {
        message: 'the service failed; report the request id',
        locations: [{ line: 1, column: 53 }],
        path: ['findings', 'nodes', 0, 'rule'],
        extensions: { code: 'UNAVAILABLE', requestId: headers.get('x-request-id') },
      },
    ]);
    const told = service.logged.filter((line) => line.includes('retired-rule') && line.includes('a resolver failed'));
    expect(told).toHaveLength(1);
  });

  it('of what is no entity say so', async () => {
    const { errors } = await service.ask('{ _entities(representations: [{ __typename: "Viewer" }]) { __typename } }');
    expect(errors?.map(({ message, extensions }) => [message, extensions.code])).toEqual([
      ['`Viewer` is no entity of this graph', 'BAD_USER_INPUT'],
    ]);
  });

  it.each([
    [
      'inheritancePaths(identity: "acme/svc:ci", permission: "main:deploy", filter: { maxLength: 0 }) { totalCount }',
      'maxLength',
    ],
    ['permissions(tierAtMost: 4) { totalCount }', 'tierAtMost'],
    ['identities(filter: { privilegedInheritedAtLeast: -1 }) { totalCount }', 'privilegedInheritedAtLeast'],
    ['findings(filter: { rule: ["orphaned-nhi", "orphaned-nih"] }) { totalCount }', 'rule'],
    ['findings { byBringingEdge(first: -1) { findings } }', 'first'],
    ['findings { byBringingEdge(first: 1001) { findings } }', 'first'],
    ['whoCan(permission: "main:deploy", filter: { origin: [VIA_ASSUME] }) { totalCount }', 'origin'],
    ['search(text: "a", first: 101) { id }', 'first'],
    ['previewClassification(source: "acme.idp", rules: [], first: 0) { totalCount }', 'first'],
  ])('of a value that no answer can be given for name the argument: %s', async (field, argument) => {
    const { errors } = await service.ask(`{ ${field} }`);
    expect(errors?.map(({ extensions }) => [extensions.code, extensions.argument])).toEqual([
      ['BAD_USER_INPUT', argument],
    ]);
  });

  it.each([
    ['tierAtMost: -1', '`tierAtMost` is -1; give 0 to 3'],
    [
      'origin: [VIA_ASSUME]',
      '`VIA_ASSUME` is listed only with `includeAssume: true`; give that, or leave the origin out',
    ],
  ])('of effective permissions say what to give: %s', async (filter, message) => {
    const { errors } = await service.ask(
      `{ identity(ref: "acme/svc:ci") { ... on Identity { access { effectivePermissions(filter: { ${filter} }) { totalCount } } } } }`,
    );
    expect(errors?.map((error) => [error.message, error.extensions.code])).toEqual([[message, 'BAD_USER_INPUT']]);
  });

  it('are none where what is reached by acting as another is asked for and listed', async () => {
    const filter = 'filter: { origin: [VIA_ASSUME], includeAssume: true }';
    const { data, errors } = await service.ask(`{
      identity(ref: "acme/agent:bot") { ... on Identity { access { effectivePermissions(${filter}) { totalCount } } } }
      whoCan(permission: "main:read", ${filter}) { items { identity { ref } } } }`);
    expect([errors, data]).toEqual([
      undefined,
      {
        identity: { access: { effectivePermissions: { totalCount: 1 } } },
        whoCan: { items: [{ identity: { ref: 'acme/agent:bot' } }] },
      },
    ]);
  });

  it('of an operation that is not there are no defects', async () => {
    const { status, errors } = await service.ask('subscription { viewer }');
    expect([status, errors?.map(({ message, extensions }) => [message, extensions.code])]).toEqual([
      400,
      [['There are no subscriptions here; ask again instead.', 'GRAPHQL_VALIDATION_FAILED']],
    ]);
  });

  it('of the document say what is wrong with it', async () => {
    expect(await codesOf('{ viewer {')).toEqual(['GRAPHQL_PARSE_FAILED']);
    expect(await codesOf('{ nobody }')).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(await codesOf('query A { viewer { name } } query B { viewer { name } }')).toEqual(['BAD_USER_INPUT']);
    expect(
      await codesOf('query ($at: DateTime) { identities(asOf: { at: $at }) { totalCount } }', {
        variables: { at: 'noon' },
      }),
    ).toEqual(['BAD_USER_INPUT']);
  });

  it('of a parser that overflows its stack are masked', async () => {
    const nested = `{ search(text: ${'['.repeat(1500)}${']'.repeat(1500)}) { id } }`;
    const { errors, status } = await service.ask(nested);
    expect([status, errors?.map(({ extensions }) => extensions.code)]).toEqual([400, ['GRAPHQL_PARSE_FAILED']]);
    expect(errors?.[0]?.message).not.toContain('stack');
  });

  it('of a store that is closed say that the service cannot answer', async () => {
    const own = await startSmallService(company);
    await own.services.store.close();
    const { status, errors } = await own.ask('{ viewer { name } }');
    expect([status, errors?.map(({ extensions }) => extensions.code)]).toEqual([503, ['UNAVAILABLE']]);
    await own.stop();
  });
});

describe('documents', () => {
  it('of too many tokens are refused', async () => {
    const fields = Array.from({ length: 1100 }, () => 'name').join(' ');
    expect(await codesOf(`{ viewer { ${fields} ${fields} } }`)).toEqual(['GRAPHQL_PARSE_FAILED']);
  });

  it('deeper than 15 fields are refused, also through fragments', async () => {
    const nest = (depth: number) =>
      `${'tenant { sources { nodes: tenant { '.repeat(depth)} name ${'} } }'.repeat(depth)}`;
    const deep = `{ identity(ref: "a") { ... on HumanIdentity { ...T } } } fragment T on HumanIdentity { ${nest(5).replaceAll('nodes: ', '')} }`;
    const answer = await service.ask(deep);
    expect(answer.errors?.map(({ message }) => message)).toContain('The depth of "query" is over 15; ask in parts.');
  });

  it('with over 30 aliases or 20 root fields are refused', async () => {
    const aliases = Array.from({ length: 31 }, (_, at) => `a${at}: name`).join(' ');
    const roots = Array.from({ length: 21 }, (_, at) => `r${at}: viewer { name }`).join(' ');
    const messages = async (query: string) => (await service.ask(query)).errors?.map(({ message }) => message);
    expect(await messages(`{ viewer { ${aliases} } }`)).toEqual([
      'The number of aliases of "query" is over 30; ask in parts.',
    ]);
    expect(await messages(`{ ${roots} }`)).toEqual(['The number of root fields of "query" is over 20; ask in parts.']);
  });

  it('with fragments that spread each other a thousandfold are measured at once', async () => {
    const fragments = Array.from(
      { length: 40 },
      (_, at) => `fragment F${at} on Viewer { ...F${at + 1} ...F${at + 1} }`,
    );
    const query = `{ viewer { ...F0 } } ${fragments.join(' ')} fragment F40 on Viewer { a: name }`;
    const { errors } = await service.ask(query);
    expect(errors?.map(({ message }) => message)).toContain(
      'The number of aliases of "query" is over 30; ask in parts.',
    );
  });

  it('of over 100 decisions are refused', async () => {
    const question = { identity: 'acme/svc:ci', permission: 'main:deploy', resource: 'main:/acme' };
    const query = 'query ($q: [DecisionInput!]!) { decideMany(questions: $q) { __typename } }';
    const ask = async (count: number) =>
      (await service.ask(query, { variables: { q: Array.from({ length: count }, () => question) } })).errors?.[0]
        ?.extensions;
    expect(await ask(101)).toMatchObject({ code: 'BAD_USER_INPUT', limit: 'MAX_DECISIONS' });
    expect(await ask(100)).toBeUndefined();
  });

  it('that ask for the schema itself are served whatever their depth', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const { data, errors } = await service.ask(getIntrospectionQuery());
    expect(errors).toBeUndefined();
    expect(data.__schema.queryType.name).toBe('Query');
  });
});

describe('the deadline', () => {
  it('ends what one document asks a thousandfold, while others are answered', async () => {
    const own = await startSmallService(crowd, { REQUEST_DEADLINE_MS: '500' });
    const begun = performance.now();
    const answer =
      own.ask(`{ identities(first: 1000) { nodes { access { summary { total } effectivePermissions(first: 1000) {
      items { pathCount { atLeast } paths(first: 1000) { items { text } } } } } } } }`);
    await new Promise((done) => setTimeout(done, 50));
    expect(await (await fetch(`${own.url}/healthz`)).json()).toEqual({ status: 'ok' });
    const healthyAfter = performance.now() - begun;
    const { errors } = await answer;
    const endedAfter = performance.now() - begun;
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['DEADLINE']);
    expect(healthyAfter).toBeLessThan(endedAfter);
    await own.stop();
  });

  it('ends a root field with DEADLINE', async () => {
    const own = await startSmallService(company, { REQUEST_DEADLINE_MS: '500' }, async () => {
      const fixture = await openTemporarySqlite();
      // A scan needs them, and they never come.
      const findings = () => new Promise<never>(() => {});
      return { ...fixture, side: { ...fixture.side, findings } };
    });
    const { data, errors } = await own.ask('{ findings { totalCount } }');
    expect([data?.findings ?? null, errors?.[0]?.extensions.code]).toEqual([null, 'DEADLINE']);
    expect(errors?.[0]?.message).toMatch(/^findings are being looked for/);
    await own.stop();
  });
});

describe('a deadline that passes since the service is not ready', () => {
  it('is told once, with when to come again, and not as a fault of who asks', async () => {
    const own = await startSmallService(company, { REQUEST_DEADLINE_MS: '300' }, async () => {
      const fixture = await openTemporarySqlite();
      const hanging: GraphStore = {
        ...fixture.graph,
        list: () => new Promise<never>(() => {}),
        until: () => hanging,
      };
      return { ...fixture, graph: hanging };
    });
    own.becomeUnready();
    const { errors, headers } = await own.ask('{ a: identities { nodes { ref } } b: groups { nodes { ref } } }');
    const message = 'the request took longer than 300 ms and the service is not ready; retry later';
    expect(errors?.map(({ extensions, ...error }) => [extensions.code, error.message])).toEqual([
      ['UNAVAILABLE', message],
    ]);
    expect(headers.get('retry-after')).toBe('1');
    await own.stop();
  });
});

describe('what cannot be answered now', () => {
  it('says when to come again, in the error and as Retry-After', async () => {
    const own = await startSmallService(company);
    await own.services.engine.close();
    const { status, errors, headers } = await own.ask('{ findings { totalCount } }');
    expect([status, errors?.[0]?.extensions.code, errors?.[0]?.extensions.retryAfterSeconds]).toEqual([
      200,
      'UNAVAILABLE',
      1,
    ]);
    expect(headers.get('retry-after')).toBe('1');
    const several = await own.ask('{ a: findings { totalCount } b: findings { totalCount } }');
    expect(several.errors?.map(({ extensions, path }) => [extensions.code, path])).toEqual([
      ['UNAVAILABLE', ['a']],
      ['UNAVAILABLE', ['b']],
    ]);
    await own.services.store.close();
    const refused = await own.ask('{ viewer { name } }');
    expect([refused.status, refused.errors?.[0]?.extensions.code, refused.headers.get('retry-after')]).toEqual([
      503,
      'UNAVAILABLE',
      '1',
    ]);
    await own.stop();
  });
});

/** Two hundred services, each with fifty permissions over nine paths. */
const crowd = [
  ...Array.from({ length: 200 }, (_, at) => `svc:n${at} in group:a`),
  ...['a', 'b', 'c'].flatMap((low) =>
    ['x', 'y', 'z'].map((high) => `group:a in group:${low}1 in group:${high}2 has role:all@/`),
  ),
  ...Array.from({ length: 50 }, (_, at) => `role:all grants perm:p${at}`),
].join('\n');
