import { describe, expect, it } from '@jest/globals';
import { parseCatalogue } from '../../src/catalog/catalogue-document.js';
import type { Issue } from '../../src/kernel/errors.js';

const least = { apiVersion: 'idgraph/v1', kind: 'Catalogue', application: 'crm', name: 'CRM', version: '1' };
const read = { action: 'contact.read', class: 'READ', tier: 3 };
const issuesIn = (document: unknown): readonly Issue[] => issuesOfText(JSON.stringify(document));
function issuesOfText(text: string): readonly Issue[] {
  const parsed = parseCatalogue(text);
  return parsed.kind === 'invalid' ? parsed.issues : [];
}

describe('parseCatalogue', () => {
  const yaml = `
apiVersion: idgraph/v1
kind: Catalogue
application: crm
name: CRM
version: "1"
permissions:
  - { action: contact.read, class: READ, tier: 3 }
roles:
  - name: viewer
    permissions: [contact.read]
`;
  const document = {
    ...least,
    caseSensitiveActions: true,
    directMembersOnly: false,
    permissions: [{ ...read, plane: 'CONTROL' }],
    roles: [
      {
        name: 'viewer',
        assignable: true,
        deprecated: false,
        inherits: [],
        permissions: ['contact.read'],
        statements: [],
      },
    ],
    resources: [],
  };

  it('reads YAML and fills in what may be left out', () => {
    expect(parseCatalogue(yaml)).toEqual({ kind: 'parsed', document });
  });

  it('reads the same from JSON', () => {
    const json = JSON.stringify({
      ...least,
      permissions: [read],
      roles: [{ name: 'viewer', permissions: ['contact.read'] }],
    });
    expect(parseCatalogue(json)).toEqual({ kind: 'parsed', document });
  });

  it('says all faults of form at once, each with its pointer, what it found and what to do', () => {
    const faulty = {
      ...least,
      application: 'CRM Nord',
      version: 2,
      permissions: [{ action: 'contact.read', class: 'LOOK', tier: 3, colour: 'red' }],
    };
    expect(issuesIn(faulty)).toEqual([
      {
        pointer: '/application',
        code: 'WRONG_FORM',
        message: '`CRM Nord` is no slug: 1 to 63 of `a-z 0-9 -`, not beginning with `-`',
      },
      {
        pointer: '/version',
        code: 'WRONG_TYPE',
        message: 'expected a text, found a number (`2`)',
        hint: 'put it in quotes',
      },
      {
        pointer: '/permissions/0/class',
        code: 'WRONG_VALUE',
        message: '`LOOK` is none of the values that are allowed',
        hint: 'use `READ` or `WRITE` or `ADMIN` or `GRANT` or `IMPERSONATE` or `SECRET`',
      },
      {
        pointer: '/permissions/0/colour',
        code: 'UNKNOWN_FIELD',
        message: '`colour` is no field here',
        hint: 'remove it, or look for its spelling in the format’s description',
      },
      { pointer: '/roles', code: 'MISSING', message: 'is required (a list)', hint: 'add it' },
    ]);
  });

  it('escapes pointers as RFC 6901 says', () => {
    const [issue] = issuesIn({ ...least, permissions: [], roles: [], 'a/b~c': 1 });
    expect(issue?.pointer).toBe('/a~1b~0c');
  });

  it('says all faults of sense at once', () => {
    const faulty = {
      ...least,
      permissions: [read, { ...read, tier: 0 }, { ...read, plane: 'DATA' }, { ...read, plane: 'DATA', action: 'x' }],
      roles: [
        { name: 'admin', inherits: ['Viewer', 'nobody'], permissions: ['contact.read', 'x', 'contact.*'] },
        { name: 'viewer', statements: [statement('s'), statement('s')] },
        { name: 'viewer' },
        { name: 'viewer', tenant: 'acme' },
      ],
      resources: [
        { tenant: 'acme', path: '/' },
        { tenant: 'acme', path: '/a' },
        { tenant: 'acme', path: '/a' },
      ],
    };
    expect(issuesIn(faulty).map((issue) => [issue.pointer, issue.code, issue.hint])).toEqual([
      ['/permissions/1/action', 'DUPLICATE', 'keep one of them'],
      ['/roles/2/name', 'DUPLICATE', 'keep one of them'],
      ['/resources/2/path', 'DUPLICATE', 'keep one of them'],
      ['/resources/0/path', 'RULE', 'leave it out'],
      ['/roles/0/inherits/0', 'UNKNOWN_ROLE', 'did you mean `viewer`'],
      ['/roles/0/inherits/1', 'UNKNOWN_ROLE', 'add the role, or correct the name'],
      ['/roles/0/permissions/0', 'AMBIGUOUS_PERMISSION', 'name it in a statement, which has a plane'],
      ['/roles/0/permissions/2', 'UNKNOWN_PERMISSION', 'add it to `permissions`; a pattern belongs in a statement'],
      ['/roles/1/statements/1/name', 'DUPLICATE', 'give each its own name'],
    ]);
  });

  it('takes actions that differ in letter case for one where the application does', () => {
    const permissions = [read, { ...read, action: 'Contact.Read' }];
    expect(issuesIn({ ...least, permissions, roles: [] })).toEqual([]);
    expect(issuesIn({ ...least, permissions, roles: [], caseSensitiveActions: false })).toHaveLength(1);
  });

  it('lets a role of a tenant inherit its own and the application’s roles, and nobody inherit another tenant’s', () => {
    const roles = [
      { name: 'base' },
      { name: 'own', tenant: 'acme' },
      { name: 'senior', tenant: 'acme', inherits: ['own', 'base'] },
      { name: 'stranger', tenant: 'other', inherits: ['own'] },
    ];
    expect(issuesIn({ ...least, permissions: [], roles }).map((issue) => issue.pointer)).toEqual([
      '/roles/3/inherits/0',
    ]);
  });

  it('allows cycles of inheritance', () => {
    const roles = [
      { name: 'a', inherits: ['b'] },
      { name: 'b', inherits: ['a', 'b'] },
    ];
    expect(issuesIn({ ...least, permissions: [], roles })).toEqual([]);
  });

  it('refuses resources and notResources in one statement', () => {
    const roles = [{ name: 'a', statements: [{ actions: ['*'], resources: ['/a'], notResources: ['/b'] }] }];
    expect(issuesIn({ ...least, permissions: [], roles })).toEqual([
      {
        pointer: '/roles/0/statements/0',
        code: 'RULE',
        message: 'has both `resources` and `notResources`',
        hint: 'split the statement',
      },
    ]);
  });

  it('finds faults deep inside a condition', () => {
    const condition = {
      kind: 'all',
      of: [{ kind: 'not', of: { kind: 'compare', key: 'k', operator: 'IS', values: [1] } }],
    };
    const roles = [{ name: 'a', statements: [{ actions: ['*'], condition }] }];
    expect(issuesIn({ ...least, permissions: [], roles }).map((issue) => [issue.pointer, issue.code])).toEqual([
      ['/roles/0/statements/0/condition/of/0/of/operator', 'WRONG_VALUE'],
    ]);
  });

  it('says the line of a fault of syntax', () => {
    expect(issuesOfText('kind: Catalogue\nname: "CRM\n').map((issue) => issue.message)).toEqual([
      'line 3, column 1: Missing closing "quote',
    ]);
    expect(issuesOfText('{"kind": "Catalogue"\n "name": 1}').map((issue) => issue.pointer)).toEqual(['']);
  });

  it('refuses keys that are there twice, tags, and aliases that multiply', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c]`;
    for (const text of ['name: a\nname: b', 'name: !secret a', bomb])
      expect(issuesOfText(text)).toMatchObject([{ pointer: '', code: 'SYNTAX' }]);
  });

  it('says where a key is there twice', () => {
    expect(issuesOfText('name: a\nversion: "1"\nname: b').map((issue) => issue.message)).toEqual([
      'line 3, column 1: the key `name` is there already',
    ]);
  });

  it('reads tens of thousands of keys, faults and aliases in no more than their number', () => {
    const many = (line: (at: number) => string) => Array.from({ length: 20_000 }, (_, at) => line(at)).join('\n');
    for (const line of [(at: number) => `k${at}: 1`, (at: number) => `k${at}: "a" b`]) {
      const issues = issuesOfText(many(line));
      expect([issues.length, issues.at(-1)?.code]).toEqual([1_001, 'MORE']);
    }
    expect(issuesOfText(many((at) => `k${at}: &a${at} 1\nr${at}: *a${at}`))).toHaveLength(1);
  });

  it.each([
    ['lists in JSON', `{"a":${'['.repeat(90)}${']'.repeat(90)}}`],
    ['many lists in JSON', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['lists that stay open', `a: ${'['.repeat(100_000)}`],
    ['lists in one line', `${'- '.repeat(50_000)}a`],
    ['keys below keys', Array.from({ length: 2_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['lists just below what looks deep', `a: ${'['.repeat(250)}${']'.repeat(250)}`],
  ])('refuses what nests too deep: %s', (_title, text) => {
    expect(issuesOfText(text)).toMatchObject([{ pointer: '', code: 'TOO_DEEP' }]);
  });

  it('refuses text that a store would cut or change', () => {
    expect(issuesIn({ ...least, name: 'admin\0x', permissions: [], roles: [] })).toMatchObject([
      { pointer: '/name', code: 'RULE' },
    ]);
    expect(issuesIn({ ...least, name: 'half \ud800', permissions: [], roles: [] })).toHaveLength(1);
    expect(issuesIn({ ...least, name: 'whole 🐘', permissions: [], roles: [] })).toEqual([]);
  });
});

function statement(name: string) {
  return { name, actions: ['*'] };
}
