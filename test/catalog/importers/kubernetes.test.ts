import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseCatalogue } from '../../../src/catalog/catalogue-document.js';
import {
  fileOf,
  hasShared,
  openPlatformWorld,
  readFiles,
  sharedFile,
  sharedRoles,
  withoutShared,
} from './platform-world.js';

const api = 'apiVersion: rbac.authorization.k8s.io/v1';
const clusterRole = (name: string, rules: string, more = '') => `${api}
kind: ClusterRole
metadata: { name: ${name}${more} }
rules: [${rules}]
`;
const rule = (verbs: string, resources: string, more = '') =>
  `{ apiGroups: [""], resources: [${resources}], verbs: [${verbs}]${more} }`;
const subjects = (list: readonly string[]) => list.map((each) => `{ ${each} }`).join(', ');
const bindCluster = (role: string, ...list: readonly string[]) => `${api}
kind: ClusterRoleBinding
metadata: { name: bind-${role} }
roleRef: { kind: ClusterRole, name: ${role} }
subjects: [${subjects(list)}]
`;
const bindIn = (namespace: string, role: string, ...list: readonly string[]) => `${api}
kind: RoleBinding
metadata: { name: bind-${role}, namespace: ${namespace} }
roleRef: { kind: ClusterRole, name: ${role} }
subjects: [${subjects(list)}]
`;
const ada = 'kind: User, name: ada';
const bot = 'kind: ServiceAccount, name: bot, namespace: shop';
const botId = 'system:serviceaccount:shop:bot';

describe('the Kubernetes importer', () => {
  let world: Awaited<ReturnType<typeof openPlatformWorld>>;
  let close = async () => {};
  beforeEach(async () => {
    world = await openPlatformWorld('kubernetes');
  });
  afterEach(async () => {
    await close();
    await world.remove();
  });

  async function ask(...documents: readonly string[]) {
    const { application, report } = await world.importAll(
      fileOf('rbac.yaml', `# by hand\n---\n${documents.join('---\n')}`),
    );
    const asker = await world.createAsker(application, true);
    close = asker.close;
    return { ...asker, report };
  }

  it('reads many documents a file, and lets a binding of a namespace hold in it alone', async () => {
    const { decide } = await ask(
      clusterRole('reader', rule('get', 'pods')),
      bindIn('shop', 'reader', ada),
      bindIn('bank', 'reader', bot),
    );
    expect([
      await decide('ada', 'get core:pods', '/shop'),
      await decide('ada', 'get core:pods', '/bank'),
      await decide('ada', 'get core:pods', '/'),
    ]).toEqual(['ALLOWED', 'NOT_GRANTED', 'NOT_GRANTED']);
  });

  it('does not take a resource for its subresources, nor a star of resources for paths', async () => {
    const { reached, report } = await ask(
      clusterRole('a', `${rule('get', 'pods')}, ${rule('create', '"pods/*"')}, ${rule('patch', '"*/scale"')}`),
      bindCluster('a', ada),
      clusterRole('b', '{ nonResourceURLs: ["/healthz"], verbs: ["*"] }'),
      bindCluster('b', bot),
    );
    const rows = (names: readonly string[], more = '') => names.map((name) => `${name} ALLOWED DIRECT${more}`);
    expect(await reached('ada')).toEqual(rows(['get core:pods', 'patch core:replicationcontrollers/scale']));
    // "pods/*" is no pattern: only "*" alone and "*/subresource" are.
    expect(report.notes.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'MATCHES_NOTHING rbac.yaml#/0/rules/1',
      'UNKNOWN_ACCOUNT rbac.yaml#/3/subjects/0',
    ]);
    const verbs = ['delete', 'get', 'head', 'options', 'patch', 'post', 'put'];
    expect(await reached(botId)).toEqual(rows(verbs.map((verb) => `${verb} /healthz`)));
  });

  it('gives by a binding of a namespace nothing that is in no namespace', async () => {
    const all = '{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }, { nonResourceURLs: ["*"], verbs: ["*"] }';
    const { decide, reached } = await ask(
      clusterRole('all', all),
      bindIn('shop', 'all', ada),
      bindCluster('all', 'kind: User, name: root'),
    );
    expect(await decide('ada', 'delete core:secrets', '/shop')).toBe('ALLOWED');
    const outside = [
      'get core:nodes',
      'get /metrics',
      'escalate rbac.authorization.k8s.io:clusterroles',
      'impersonate core:users',
    ];
    const has = async (name: string) => {
      const rows = await reached(name);
      return outside.map((action) => rows.some((row) => row.startsWith(`${action} ALLOWED`)));
    };
    expect([await has('ada'), await has('root')]).toEqual([
      [false, false, false, false],
      [true, true, true, true],
    ]);
  });

  it('fills an aggregating role with what its selectors select', async () => {
    const { reached } = await ask(
      clusterRole('sum', '').replace(
        'rules: []',
        'aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part: "1" }, matchExpressions: [{ key: off, operator: DoesNotExist }] }] }',
      ),
      clusterRole('in', rule('get', 'pods'), ', labels: { part: "1" }'),
      clusterRole('out', rule('get', 'services'), ', labels: { part: "1", off: "" }'),
      bindIn('shop', 'sum', ada),
    );
    expect(await reached('ada')).toEqual(['get core:pods ALLOWED INHERITED']);
  });

  it('makes rules that name objects conditional, and allows by them no request without a name', async () => {
    const role = `${api}\nkind: Role\nmetadata: { name: one, namespace: shop }\nrules: [${rule('"*"', 'secrets', ', resourceNames: [key]')}]\n`;
    const binding = bindIn('shop', 'one', ada).replace('kind: ClusterRole,', 'kind: Role,');
    const { reached, decide } = await ask(role, binding);
    expect(await reached('ada')).toEqual(
      ['delete', 'get', 'list', 'patch', 'update', 'watch'].map((verb) => `${verb} core:secrets CONDITIONAL DIRECT`),
    );
    expect(await decide('ada', 'create core:secrets', '/shop')).toBe('NOT_GRANTED');
  });

  it('puts service accounts into the groups that Kubernetes fills', async () => {
    const group = (name: string) => `kind: Group, name: "${name}"`;
    const { reached } = await ask(
      clusterRole('a', rule('get', 'pods')),
      clusterRole('b', rule('get', 'services')),
      bindCluster('a', group('system:serviceaccounts:shop')),
      bindCluster('b', group('system:authenticated'), ada),
      'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: bot, namespace: shop }\n',
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: bank }\n',
    );
    const own = 'get core:services ALLOWED INHERITED';
    expect(await reached(botId)).toEqual(['get core:pods ALLOWED INHERITED', own]);
    expect(await reached('system:serviceaccount:bank:default')).toEqual([own]);
    expect(await reached('ada')).toEqual(['get core:services ALLOWED DIRECT+INHERITED']);
  });

  it('lets those act as a service account who may impersonate it or make its tokens where it is', async () => {
    const { reached } = await ask(
      clusterRole('token', rule('create', 'serviceaccounts/token')),
      bindIn('shop', 'token', ada),
      bindIn('bank', 'token', 'kind: User, name: bob'),
      clusterRole('deploy', rule('get', 'pods')),
      bindIn('shop', 'deploy', bot),
    );
    expect(await reached('ada')).toEqual([
      'create core:serviceaccounts/token ALLOWED DIRECT',
      'get core:pods ALLOWED VIA_ASSUME',
    ]);
    expect(await reached('bob')).toEqual(['create core:serviceaccounts/token ALLOWED DIRECT']);
  });

  it('lets who may impersonate a user by name act as that user, to whom nothing is bound', async () => {
    const { reached } = await ask(
      clusterRole('as-root', rule('impersonate', 'users', ', resourceNames: [root, "system:serviceaccount:shop:bot"]')),
      bindCluster('as-root', ada),
      clusterRole('all', rule('get', 'pods')),
      bindCluster('all', 'kind: Group, name: "system:authenticated"'),
      clusterRole('own', rule('get', 'services')),
      bindIn('shop', 'own', bot),
    );
    expect(await reached('ada')).toEqual([
      'get core:pods ALLOWED INHERITED+VIA_ASSUME',
      'get core:services ALLOWED VIA_ASSUME',
      'impersonate core:users CONDITIONAL DIRECT',
    ]);
  });

  it('takes a service account without a namespace for one of the binding’s', async () => {
    const { reached } = await ask(
      clusterRole('r', rule('get', 'pods')),
      bindIn('shop', 'r', 'kind: ServiceAccount, name: bot'),
    );
    expect(await reached(botId)).toEqual(['get core:pods ALLOWED DIRECT']);
  });

  it('reads lists, discovery and custom resources, and lists what it leaves aside', async () => {
    const foreign = { apiVersion: 'iam.example.com/v1', kind: 'Role', spec: {} };
    const list = { apiVersion: 'v1', kind: 'List', items: [{ kind: 'ConfigMap', metadata: {} }, foreign] };
    const discovery = {
      kind: 'APIResourceList',
      groupVersion: 'ex.io/v1',
      resources: [{ name: 'gadgets', namespaced: false, verbs: ['get'] }],
    };
    const custom = clusterRole('c', '{ apiGroups: [ex.io], resources: [widgets], verbs: ["*"] }');
    const { catalogue, notes } = await readFiles(
      'kubernetes',
      fileOf('l.json', list),
      fileOf('d.json', discovery),
      fileOf('c.yaml', custom),
    );
    const own = catalogue.permissions.filter(({ action }) => action.includes('ex.io'));
    expect(own.map(({ action, class: kind, tier }) => `${action} ${kind} ${tier}`)).toEqual([
      'create ex.io:widgets WRITE 2',
      'delete ex.io:widgets WRITE 2',
      'deletecollection ex.io:widgets WRITE 2',
      'get ex.io:gadgets READ 3',
      'get ex.io:widgets READ 3',
      'list ex.io:widgets READ 3',
      'patch ex.io:widgets WRITE 2',
      'update ex.io:widgets WRITE 2',
      'watch ex.io:widgets READ 3',
    ]);
    expect(notes.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'IGNORED 1 objects of kind `ConfigMap` say nothing of access',
      'IGNORED 1 objects of kind `iam.example.com Role` say nothing of access',
    ]);
  });

  it('keeps a right to resources of a group, and to paths, that nobody described', async () => {
    const { reached } = await ask(
      clusterRole('op', '{ apiGroups: [ex.io], resources: ["*"], verbs: [create, get] }'),
      bindIn('shop', 'op', ada),
      clusterRole('web', '{ nonResourceURLs: ["/own/*"], verbs: ["*"] }'),
      bindCluster('web', bot),
    );
    expect(await reached('ada')).toEqual(['create ex.io:* ALLOWED DIRECT', 'get ex.io:* ALLOWED DIRECT']);
    expect(await reached(botId)).toEqual(
      ['delete', 'get', 'head', 'options', 'patch', 'post', 'put'].map((verb) => `${verb} /own/* ALLOWED DIRECT`),
    );
  });

  it('knows custom resources by their definitions, with scope and subresources', async () => {
    const definition = (plural: string, scope: string) =>
      `kind: CustomResourceDefinition\nmetadata: { name: ${plural}.ex.io }\nspec: { group: ex.io, names: { plural: ${plural} }, scope: ${scope}, versions: [{ name: v1, subresources: { scale: {} } }] }\n`;
    const { reached } = await ask(
      definition('widgets', 'Namespaced'),
      definition('zones', 'Cluster'),
      clusterRole('op', '{ apiGroups: [ex.io], resources: ["*"], verbs: [get] }'),
      bindIn('shop', 'op', ada),
    );
    expect(await reached('ada')).toEqual([
      'get ex.io:widgets ALLOWED DIRECT',
      'get ex.io:widgets/scale ALLOWED DIRECT',
    ]);
  });

  it('takes a star among names of objects for a name, and says so', async () => {
    const { reached, report } = await ask(
      clusterRole('all', rule('get', 'secrets', ', resourceNames: ["*"]')),
      bindIn('shop', 'all', ada),
    );
    expect(report.notes).toMatchObject([{ code: 'CONDITIONAL', pointer: 'rbac.yaml#/0/rules/0/resourceNames' }]);
    expect(await reached('ada')).toEqual(['get core:secrets CONDITIONAL DIRECT']);
  });

  it('lets a rule of all resources and some names exec into a pod of that name', async () => {
    const { reached } = await ask(
      clusterRole('one', '{ apiGroups: [""], resources: ["*"], verbs: [create], resourceNames: [web] }'),
      bindIn('shop', 'one', ada),
    );
    const rows = await reached('ada');
    expect([
      rows.includes('create core:pods/exec CONDITIONAL DIRECT'),
      rows.some((row) => row.startsWith('create core:pods ')),
    ]).toEqual([true, false]);
  });

  it('classes impersonate, bind and escalate as what they are', async () => {
    const { catalogue } = await readFiles('kubernetes', fileOf('c.yaml', clusterRole('c', rule('get', 'pods'))));
    const classed = new Map(catalogue.permissions.map(({ action, class: kind, tier }) => [action, `${kind} ${tier}`]));
    const asked = [
      'impersonate core:users',
      'bind rbac.authorization.k8s.io:clusterroles',
      'escalate rbac.authorization.k8s.io:roles',
      'get core:secrets',
      'create core:pods',
      'create core:pods/exec',
    ];
    expect(asked.map((action) => classed.get(action))).toEqual([
      'IMPERSONATE 0',
      'GRANT 0',
      'GRANT 0',
      'SECRET 1',
      'IMPERSONATE 1',
      'IMPERSONATE 1',
    ]);
  });

  it.each([
    [
      'a field of a rule that it does not know',
      clusterRole('c', rule('get', 'pods', ', except: [x]')),
      'UNKNOWN_FIELD',
    ],
    ['a service account of no namespace', bindCluster('c', 'kind: ServiceAccount, name: bot'), 'RULE'],
    [
      'one role that says two things',
      `${clusterRole('c', rule('get', 'pods'))}---\n${clusterRole('c', '')}`,
      'DUPLICATE',
    ],
    ['a page of a list', 'kind: List\nmetadata: { continue: abc }\nitems: []\n', 'TRUNCATED'],
    ['a role of a namespace without it', clusterRole('c', '').replace('ClusterRole', 'Role'), 'MISSING'],
    ['what is no YAML', 'a: [', 'SYNTAX'],
  ])('refuses %s', async (_what, text, code) => {
    const refused = await readFiles('kubernetes', fileOf('x.yaml', text)).catch((error: unknown) => error);
    expect((refused as { details: { issues: { code: string }[] } }).details.issues[0]).toMatchObject({ code });
  });
});

(hasShared ? describe : describe.skip)(`the Kubernetes importer, reading real manifests${withoutShared}`, () => {
  const files = hasShared
    ? readdirSync(join(sharedRoles, 'kubernetes')).filter((name) => name.endsWith('.yaml'))
    : ['none'];

  it('lists each service account that is bound and is not there, once', async () => {
    const name = 'multiple-rolebindings-in-ns-missing-service-account.yaml';
    const { notes } = await readFiles('kubernetes', sharedFile(`kubernetes/${name}`));
    expect(notes.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'UNKNOWN_ACCOUNT `system:serviceaccount:mynamespace:example-user` is bound, and is in no file: it stands as if it were there',
    ]);
  });

  it.each(files)('makes a catalogue of %s in which all is classified', async (name) => {
    const { catalogue, notes } = await readFiles('kubernetes', sharedFile(`kubernetes/${name}`));
    expect(parseCatalogue(JSON.stringify(catalogue)).kind).toBe('parsed');
    expect(notes.filter(({ code }) => code === 'UNCLASSIFIED')).toEqual([]);
  });
});
