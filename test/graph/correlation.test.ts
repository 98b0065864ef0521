import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { GraphChange } from '../../src/graph/change.js';
import { correlate } from '../../src/graph/correlate.js';
import { identityIdOf, type NodeId } from '../../src/graph/ids.js';
import type { AccountNode, IdentityNode } from '../../src/graph/node.js';
import type { OverlayView } from '../../src/graph/overlay-view.js';
import { isGraphError } from '../../src/kernel/errors.js';
import { createSlowEstate } from './slow-correlation.js';
import { account, close, createGrowingGraph, id, put, source, tenant } from './small-estate.js';

const sources = [
  source('hr', { authoritative: true, emailsVerified: true }),
  source('crm', { emailsVerified: true, sourceKind: 'APPLICATION', application: id('crm') }),
  source('erp'),
  source('old-hr', { authoritative: true, emailsVerified: true }),
];

/** Tenant acme, whose anchors are the accounts of hr; crm's emails are verified, erp's are not. */
function createAcme() {
  const graph = createGrowingGraph();
  graph.commit(put(tenant('acme', { anchorSource: id('hr') })), ...sources.map(put));
  return graph;
}

const of = (name: string, fields: Partial<AccountNode> = {}): AccountNode =>
  account(name, { source: id(name.replace(/-.*$/, '').replace('old', 'old-hr')), ...fields });
const own = (name: string): NodeId => identityIdOf(id(name));
const holderOf = (view: OverlayView, name: string): readonly [string, NodeId][] =>
  Array.from(view.edgesOf(id(name), 'to', 'HAS_ACCOUNT'), ({ edge }) => [
    edge.kind === 'HAS_ACCOUNT' ? edge.rule : '',
    edge.from,
  ]);
const identityOf = (view: OverlayView, identity: NodeId) => view.node(identity)?.node as IdentityNode;

describe('correlation', () => {
  it('gives an account that nothing matches an identity of its own, whose id derives from the account', () => {
    const { view, commit } = createAcme();
    commit(put(of('erp-1', { userName: 'svc-sync', type: 'WORKLOAD', displayName: 'Sync', purpose: 'nightly' })));
    expect(holderOf(view, 'erp-1')).toEqual([['own', own('erp-1')]]);
    expect(identityOf(view, own('erp-1'))).toEqual({
      kind: 'Identity',
      id: own('erp-1'),
      tenant: 'acme',
      name: 'svc-sync',
      displayName: 'Sync',
      type: 'WORKLOAD',
      purpose: 'nightly',
      state: 'ACTIVE',
      stateSince: 2_000,
      hadAuthoritative: false,
      withoutAccounts: 'GONE',
    });
  });

  it.each<[string, Partial<AccountNode>, Partial<AccountNode>, string]>([
    ['externalId', { externalId: 'E1' }, { externalId: 'E1' }, 'externalId'],
    ['folded userName', { userName: 'Ann@Acme.dk' }, { userName: 'ANN@acme.DK' }, 'userName'],
    ['employee number', { employeeNumber: '7' }, { employeeNumber: '7' }, 'employeeNumber'],
    ['verified primary email', { primaryEmail: 'ann@acme.dk' }, { primaryEmail: 'Ann@acme.dk' }, 'email'],
  ])('joins by %s', (_title, anchor, fields, rule) => {
    const { view, commit } = createAcme();
    commit(put(of('hr-1', anchor)), put(of('crm-1', fields)));
    expect(holderOf(view, 'crm-1')).toEqual([[rule, own('hr-1')]]);
    expect(view.node(own('crm-1'))).toBeUndefined();
  });

  it('joins nobody by an email that one of the two sources does not verify, until it does', () => {
    const { view, commit } = createAcme();
    commit(put(of('hr-1', { primaryEmail: 'ann@acme.dk' })), put(of('erp-1', { primaryEmail: 'ann@acme.dk' })));
    expect(holderOf(view, 'erp-1')).toEqual([['own', own('erp-1')]]);
    commit(put(source('erp', { emailsVerified: true })));
    expect(holderOf(view, 'erp-1')).toEqual([['email', own('hr-1')]]);
    commit(put(source('hr', { authoritative: true, emailsVerified: false })));
    expect(holderOf(view, 'erp-1')).toEqual([['own', own('erp-1')]]);
  });

  it('compares externalIds exactly', () => {
    const { view, commit } = createAcme();
    commit(put(of('hr-1', { externalId: 'E1' })), put(of('crm-1', { externalId: 'e1' })));
    expect(holderOf(view, 'crm-1')).toEqual([['own', own('crm-1')]]);
  });

  it('lets the first of the tenant’s rules that matches decide', () => {
    const { view, commit } = createAcme();
    const fields = { externalId: 'E1', employeeNumber: '2' };
    commit(put(of('hr-1', { externalId: 'E1' })), put(of('hr-2', { employeeNumber: '2' })), put(of('crm-1', fields)));
    expect(holderOf(view, 'crm-1')).toEqual([['externalId', own('hr-1')]]);
    commit(put(tenant('acme', { anchorSource: id('hr'), correlation: ['employeeNumber', 'externalId'] })));
    expect(holderOf(view, 'crm-1')).toEqual([['employeeNumber', own('hr-2')]]);
    commit(put(tenant('acme')));
    expect(holderOf(view, 'crm-1')).toEqual([['own', own('crm-1')]]);
  });

  it('joins an account that came first when its anchor arrives: its own identity then leads to the other', () => {
    const { view, commit } = createAcme();
    commit(put(of('crm-1', { externalId: 'E1' })));
    commit(put(of('hr-1', { externalId: 'E1' })));
    expect(holderOf(view, 'crm-1')).toEqual([['externalId', own('hr-1')]]);
    expect(identityOf(view, own('crm-1'))).toMatchObject({ joinedTo: own('hr-1'), state: 'OFFBOARDED' });
    commit(put(of('hr-1', { externalId: 'E2' })));
    expect(holderOf(view, 'crm-1')).toEqual([['own', own('crm-1')]]);
    expect(identityOf(view, own('crm-1'))).toMatchObject({ state: 'ACTIVE' });
    expect(identityOf(view, own('crm-1'))).not.toHaveProperty('joinedTo');
  });

  it('joins neither of two accounts of one source on one anchor, and the one that stays when the other goes', () => {
    const { view, commit } = createAcme();
    commit(put(of('hr-1', { externalId: 'E1', userName: 'ann' })));
    commit(put(of('crm-1', { externalId: 'E1' })));
    commit(put(of('crm-2', { userName: 'ann' })));
    expect([holderOf(view, 'crm-1'), holderOf(view, 'crm-2')]).toEqual([
      [['own', own('crm-1')]],
      [['own', own('crm-2')]],
    ]);
    expect(correlate(view, of('crm-1', { externalId: 'E1' }))).toEqual({ kind: 'contested', identity: own('hr-1') });
    commit(close('crm-1'));
    expect(holderOf(view, 'crm-2')).toEqual([['userName', own('hr-1')]]);
  });

  it('frees the rival when an account is drawn to another anchor by an earlier rule', () => {
    const { view, commit } = createAcme();
    commit(put(of('hr-1', { userName: 'ann', employeeNumber: '1' })));
    commit(put(of('crm-1', { userName: 'ann', externalId: 'E2' })), put(of('crm-2', { employeeNumber: '1' })));
    expect(holderOf(view, 'crm-2')).toEqual([['own', own('crm-2')]]);
    commit(put(of('hr-2', { externalId: 'E2' })));
    expect(holderOf(view, 'crm-1')).toEqual([['externalId', own('hr-2')]]);
    expect(holderOf(view, 'crm-2')).toEqual([['employeeNumber', own('hr-1')]]);
  });

  it('takes an account on its own identity as the rival of one that a linked anchor draws there', () => {
    const { view, commit } = createAcme();
    commit(put(of('hr-1', { userName: 'ann', link: own('erp-2') })), put(of('erp-1', { userName: 'ann' })));
    expect(holderOf(view, 'erp-1')).toEqual([['userName', own('erp-2')]]);
    commit(put(of('erp-2', { userName: 'bob' })));
    expect([holderOf(view, 'erp-1'), holderOf(view, 'erp-2')]).toEqual([
      [['own', own('erp-1')]],
      [['own', own('erp-2')]],
    ]);
  });

  it('leaves alone an account whose rule matches more than one identity', () => {
    const { view, commit } = createAcme();
    commit(put(of('hr-1', { employeeNumber: '1' })), put(of('hr-2', { employeeNumber: '1' })));
    commit(put(of('crm-1', { employeeNumber: '1' })));
    expect(holderOf(view, 'crm-1')).toEqual([['own', own('crm-1')]]);
    expect(correlate(view, of('crm-1', { employeeNumber: '1' }))).toEqual({
      kind: 'ambiguous',
      rule: 'employeeNumber',
    });
  });

  it('keeps joined what a deleted anchor drew, and draws later accounts by it, but an undeleted anchor comes first', () => {
    const { view, commit } = createAcme();
    commit(put(of('hr-1', { externalId: 'E1' })), put(of('crm-1', { externalId: 'E1' })));
    commit(close('hr-1'));
    commit(put(of('erp-1', { externalId: 'E1' })));
    expect([holderOf(view, 'crm-1'), holderOf(view, 'erp-1')]).toEqual([
      [['externalId', own('hr-1')]],
      [['externalId', own('hr-1')]],
    ]);
    expect(identityOf(view, own('hr-1'))).toMatchObject({ state: 'OFFBOARDED' });
    commit(put(of('hr-2', { externalId: 'E1' })));
    expect([holderOf(view, 'crm-1'), holderOf(view, 'erp-1')]).toEqual([
      [['externalId', own('hr-2')]],
      [['externalId', own('hr-2')]],
    ]);
  });

  it('joins a second authoritative source by an explicit link only', () => {
    const { view, commit } = createAcme();
    commit(put(of('hr-1', { externalId: 'E1' })), put(of('old-1', { externalId: 'E1' })));
    expect(holderOf(view, 'old-1')).toEqual([['own', own('old-1')]]);
    commit(put(of('old-1', { externalId: 'E1', link: own('hr-1') })));
    expect(holderOf(view, 'old-1')).toEqual([['link', own('hr-1')]]);
  });

  it('refuses a link to what is no identity of the tenant', () => {
    const { commit } = createAcme();
    expect(() => commit(put(of('crm-1', { link: id('hr') })))).toThrow(expect.objectContaining({ code: 'INVALID' }));
  });

  it('gives the accounts of a closed identity a new version of it', () => {
    const { view, commit } = createAcme();
    commit(put(of('crm-1')));
    commit({ kind: 'closeNode', id: own('crm-1') });
    expect(holderOf(view, 'crm-1')).toEqual([['own', own('crm-1')]]);
  });

  it('is what the slow definition says after any history, whatever arrives, changes or goes first', () => {
    fc.assert(fc.property(history, followsSlowDefinition), { numRuns: 250 });
  });

  it('is the same partition for the same accounts in any order of arrival', () => {
    const accounts = fc.uniqueArray(anyAccount, { selector: ({ id: name }) => name, maxLength: 8 });
    const orders = accounts.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(orders, ([all, shuffled]) => {
        const [together, oneByOne] = [createAcme(), createAcme()];
        const names = all.map(({ userName, source: where }) => `${where} ${userName.toLowerCase()}`);
        fc.pre(new Set(names).size === names.length);
        together.commit(...all.map(put));
        for (const each of shuffled) oneByOne.commit(put(each));
        expect(partition(oneByOne.view, all)).toEqual(partition(together.view, all));
      }),
      { numRuns: 300 },
    );
  });
});

const names = ['hr-1', 'hr-2', 'hr-3', 'crm-1', 'crm-2', 'crm-3', 'erp-1', 'erp-2', 'old-1'];
const few = <Value>(...values: readonly Value[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 2 });
const anyAccount = fc
  .record({
    name: fc.constantFrom(...names),
    userName: fc.constantFrom('u1', 'U1', 'u2', 'u3', 'u4'),
    externalId: few('e1', 'e2'),
    employeeNumber: few('1', '2'),
    primaryEmail: few('a@x', 'A@x', 'b@x'),
    link: fc.option(fc.constantFrom(...names), { nil: undefined, freq: 6 }),
  })
  .map(({ name, userName, externalId, employeeNumber, primaryEmail, link }) =>
    of(name, {
      userName,
      ...(externalId && { externalId }),
      ...(employeeNumber && { employeeNumber }),
      ...(primaryEmail && { primaryEmail }),
      ...(link && { link: own(link) }),
    }),
  );
const anyChange = fc.oneof(
  { weight: 3, arbitrary: anyAccount.map(put) },
  { weight: 1, arbitrary: fc.constantFrom(...names).map(close) },
);
const anySettings = fc.record({
  anchorSource: fc.constantFrom('hr', 'hr', 'old-hr', undefined),
  rules: fc.shuffledSubarray(['externalId', 'userName', 'employeeNumber', 'email'] as const),
  authoritative: fc.subarray(['hr', 'crm', 'old-hr']),
  verified: fc.subarray(['hr', 'crm', 'erp']),
});
type Settings = typeof anySettings extends fc.Arbitrary<infer Value> ? Value : never;
/** Each step is a commit of changes to accounts, or of settings. */
const history = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.array(anyChange, { minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: anySettings },
  ),
  { minLength: 1, maxLength: 12 },
);

function followsSlowDefinition(steps: readonly (readonly GraphChange[] | Settings)[]): void {
  const { view, commit } = createAcme();
  const slow = createSlowEstate({
    anchorSource: 'hr',
    rules: ['externalId', 'userName', 'employeeNumber', 'email'],
    authoritative: ['hr', 'old-hr'],
    verified: ['hr', 'crm', 'old-hr'],
  });
  for (const step of steps) {
    try {
      commit(...('rules' in step ? changesOf(step) : step));
    } catch (error) {
      if (isGraphError(error, 'UNIQUENESS')) continue;
      throw error;
    }
    const open = names.flatMap((name) => (view.node(id(name))?.node as AccountNode | undefined) ?? []);
    if ('rules' in step) slow.set(step);
    else slow.observe(open);
    expect(partition(view, open)).toEqual(slow.partition());
  }
}

function changesOf({ anchorSource, rules, authoritative, verified }: Settings): readonly GraphChange[] {
  const acme = tenant('acme', { correlation: rules, ...(anchorSource && { anchorSource: id(anchorSource) }) });
  const flagsOf = (name: string) => ({
    authoritative: authoritative.some((each) => each === name),
    emailsVerified: verified.some((each) => each === name),
  });
  return [acme, ...sources.map((each) => ({ ...each, ...flagsOf(each.id) }))].map(put);
}

function partition(view: OverlayView, accounts: readonly AccountNode[]): ReadonlyMap<string, string> {
  const held = accounts.map(
    ({ id: name }) =>
      [
        name as string,
        holderOf(view, name)
          .map(([, by]) => by)
          .join(),
      ] as const,
  );
  return new Map(held.sort(([a], [b]) => (a < b ? -1 : 1)));
}
