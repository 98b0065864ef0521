import { describe, expect, it } from '@jest/globals';
import { maxIssues } from '../../src/catalog/document-issues.js';
import { createSnapshotReader } from '../../src/catalog/snapshot-reader.js';

const header = { kind: 'header', format: 'idgraph/snapshot/v1', id: 's1', takenAt: '2026-11-24T02:00:00+01:00' };
const account = { kind: 'account', externalId: '1', userName: 'ci', type: 'WORKLOAD' };
const group = { kind: 'group', externalId: 'g', displayName: 'G' };
const trailer = (counts: object) => ({ kind: 'trailer', counts });

function readAll(...lines: readonly (object | string)[]) {
  const reader = createSnapshotReader();
  const rows = lines.map((line) => reader.read(typeof line === 'string' ? line : JSON.stringify(line)));
  return { rows, summary: reader.end() };
}
const issuesIn = (...lines: readonly (object | string)[]) =>
  readAll(...lines).summary.issues.map(({ pointer, code }) => `${pointer} ${code}`);

describe('createSnapshotReader', () => {
  it('answers each row with what may be left out, and at the end what there was', () => {
    const { rows, summary } = readAll(header, account, '', group, trailer({ account: 1, group: 1 }));
    expect(rows).toEqual([
      undefined,
      { ...account, active: true, owners: [] },
      undefined,
      { ...group, active: true },
      undefined,
    ]);
    expect(summary).toEqual({
      header,
      frame: `${JSON.stringify(header)}\n${JSON.stringify(trailer({ account: 1, group: 1 }))}`,
      complete: true,
      counts: { resource: 0, account: 1, group: 1, membership: 0, assignment: 0, actAs: 0 },
      issues: [],
    });
  });

  it('is not complete without its trailer', () => {
    expect(readAll(header, account).summary).toMatchObject({ complete: false, issues: [] });
  });

  it.each<[string, readonly (object | string)[], readonly string[]]>([
    ['nothing at all', [], ['/0 NO_HEADER']],
    ['no header', [account], ['/1 NO_HEADER']],
    ['a second header', [header, header], ['/2/kind ORDER']],
    ['kinds out of order', [header, group, account], ['/3/kind ORDER']],
    ['a row after the trailer', [header, trailer({}), account], ['/3/kind ORDER']],
    [
      'a count that is not so',
      [header, account, trailer({ account: 2, group: 1 })],
      ['/3/counts/account COUNT', '/3/counts/group COUNT'],
    ],
    ['what is no JSON', [header, '{"kind":'], ['/2 SYNTAX']],
    ['what is no object', [header, '7', 'null'], ['/2/kind WRONG_VALUE', '/3/kind WRONG_VALUE']],
    ['an unknown kind', [header, { kind: 'toString' }], ['/2/kind WRONG_VALUE']],
    [
      'all faults of a line',
      [header, { kind: 'account', type: 'ROBOT' }],
      ['/2/externalId MISSING', '/2/userName MISSING', '/2/type WRONG_VALUE'],
    ],
    [
      'an external id that is there already',
      [header, account, { ...account, userName: 'x' }],
      ['/3/externalId DUPLICATE'],
    ],
    [
      'a user name that differs in letter case alone',
      [header, account, { ...account, externalId: '2', userName: 'CI' }],
      ['/3/userName DUPLICATE'],
    ],
    [
      'a group that is called like an account',
      [header, account, { ...group, externalId: '1' }],
      ['/3/externalId DUPLICATE'],
    ],
    [
      'a membership of a group that is not listed',
      [header, { kind: 'membership', group: 'g', member: { externalId: '1' } }],
      ['/2/group UNKNOWN'],
    ],
    [
      'a right to act as somebody who is not listed',
      [header, { kind: 'actAs', from: { externalId: '1' }, to: '2' }],
      ['/2/to UNKNOWN'],
    ],
    [
      'a principal named twice',
      [header, assignment({ principal: { externalId: '1', ref: 'acme/ci' } })],
      ['/2/principal RULE'],
    ],
    ['a role’s right to act without a place', [header, account, { kind: 'actAs', role: 'r', to: '1' }], ['/3 RULE']],
    [
      'a window that is empty',
      [header, assignment({ validFrom: '2026-01-02T00:00:00Z', validUntil: '2026-01-02T00:00:00Z' })],
      ['/2 RULE'],
    ],
    [
      'a time without a zone',
      [header, assignment({ validUntil: '2026-01-02T00:00:00' })],
      ['/2/validUntil WRONG_FORM'],
    ],
    ['a path with an empty segment', [header, assignment({ scope: '/a//b' })], ['/2/scope RULE']],
    ['the root as a resource', [header, { kind: 'resource', path: '/' }], ['/2/path RULE']],
  ])('refuses %s', (_title, lines, issues) => {
    expect(issuesIn(...lines)).toEqual(issues);
  });

  it('counts the faults that it does not describe', () => {
    const { issues } = readAll(header, ...Array.from({ length: maxIssues + 5 }, () => 'x')).summary;
    expect(issues).toHaveLength(maxIssues + 1);
    expect(issues.at(-1)).toMatchObject({ code: 'MORE', message: 'there are 5 more faults' });
  });
});

function assignment(more: object) {
  return { kind: 'assignment', principal: { externalId: '1' }, role: 'r', ...more };
}
