import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphChange } from '../../src/graph/change.js';
import { asStatementSource, identityIdOf } from '../../src/graph/ids.js';
import { type Connection, connect } from '../../src/store/neo4j/driver.js';
import {
  account,
  assigned,
  close,
  grants,
  group,
  id,
  inherits,
  memberOf,
  permission,
  put,
  role,
} from '../graph/small-estate.js';
import { openOnFirstFree, testServers } from './neo4j-fixture.js';
import { type StoreFixture, twoTenants, write } from './store-fixture.js';

/** The questions of docs/neo4j.md by their headings. */
const questions = new Map(
  [...readFileSync('docs/neo4j.md', 'utf8').matchAll(/^### (.+)\n+```cypher\n([\s\S]+?)```/gm)].map(
    ([, title, statement]) => [title!, statement!] as const,
  ),
);

/** What each gives of the estate below, and with which parameters. */
const ANSWERS: readonly [string, Readonly<Record<string, string>>, readonly object[]][] = [
  [
    'Who goes by a name like this?',
    { name: 'deploy*' },
    [
      { kind: 'Permission', id: 'deploy' },
      { kind: 'Role', id: 'deployer' },
    ],
  ],
  [
    'Which groups is an account in, directly or through other groups?',
    { account: 'ann' },
    [{ group: 'build' }, { group: 'eng' }],
  ],
  [
    'By which chains does a service account come to its roles?',
    { identity: 'ci' },
    [
      { chain: ['ci', 'ci', 'admin'], scope: 'crm:' },
      { chain: ['ci', 'ci', 'admin', 'deployer'], scope: 'crm:' },
      { chain: ['ci', 'ci', 'build', 'eng', 'deployer'], scope: 'crm:prod' },
    ],
  ],
  [
    'What may an identity do at most, and where?',
    { identity: 'ci' },
    [
      { action: 'deploy', scope: '/' },
      { action: 'deploy', scope: '/prod' },
      { action: 'rotate', scope: '/' },
    ],
  ],
  [
    'Who can come to a permission?',
    { action: 'deploy' },
    [
      { identity: 'ann', type: 'HUMAN' },
      { identity: 'bob', type: 'HUMAN' },
      { identity: 'ci', type: 'SERVICE_ACCOUNT' },
    ],
  ],
  ['Which service accounts has nobody been made owner of?', {}, [{ identity: 'nightly' }]],
  ['Who is not active and still holds something?', {}, [{ identity: 'bob', state: 'SUSPENDED', role: 'deployer' }]],
  ['Which roles does nobody hold?', {}, [{ role: 'acme-only' }]],
  ['What was an account before?', { account: 'nightly' }, [{ since: 2, until: 3, endedBy: 'c3' }]],
  [
    'Which memberships have ended, when and by whom?',
    {},
    [{ member: 'nightly', group: 'web', at: '2027-01-15T08:00:01Z', by: '{"actor":"suite"}' }],
  ],
];

const owns: GraphChange = {
  kind: 'putEdge',
  edge: {
    kind: 'OWNS',
    from: identityIdOf(id('ann')),
    to: identityIdOf(id('ci')),
    ownership: 'PRIMARY',
    source: asStatementSource('entra'),
    statedBy: 'SCIM',
    statement: '',
  },
};

describe.each(testServers().map((server, index) => [server.version, index] as const))(
  'the questions of docs/neo4j.md on Neo4j %s',
  (_, index) => {
    let fixture: StoreFixture;
    let connection: Connection;
    beforeAll(async () => {
      const server = testServers()[index]!;
      fixture = await openOnFirstFree([server]);
      const { graph, clock } = fixture;
      const service = { type: 'SERVICE_ACCOUNT' } as const;
      await write(graph, 'c1', ...twoTenants);
      await write(
        graph,
        'c2',
        ...[put(account('ci', service)), put(account('nightly', service)), put(group('web'))],
        ...[put(role('admin')), put(permission('rotate'))],
        ...[memberOf('ci', 'build'), memberOf('nightly', 'web')],
        ...[inherits('admin', 'deployer'), grants('admin', 'rotate'), assigned('ci', 'admin', 'crm:')],
        owns,
      );
      clock.advance(1_000);
      await write(graph, 'c3', put(account('nightly', { ...service, displayName: 'Nightly' })), close('web'));
      connection = connect(server);
    });
    afterAll(async () => {
      await connection.close();
      await fixture.remove();
    });

    it('are ten, and each is tried', () => {
      expect([...questions.keys()]).toEqual(ANSWERS.map(([title]) => title));
      expect(questions.size).toBe(10);
    });

    it.each(ANSWERS)('%s', async (title, parameters, answer) => {
      expect(await connection.run(questions.get(title)!, parameters)).toEqual(answer);
    });
  },
);
