import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { GraphChange } from '../../src/graph/change.js';
import { asStatementSource, identityIdOf } from '../../src/graph/ids.js';
import { fieldKey } from '../../src/graph/indexed-fields.js';
import type { GraphNode, Reference } from '../../src/graph/node.js';
import { pendingIdOf } from '../../src/graph/settle-references.js';
import {
  account,
  application,
  close,
  createGrowingGraph,
  type GrowingGraph,
  group,
  id,
  member,
  membersOf,
  put,
  resource,
  role,
  source,
  tenant,
} from './small-estate.js';

/** Tenant acme with the source entra and its group sales. */
function createAcme(): GrowingGraph {
  const graph = createGrowingGraph();
  graph.commit(...[tenant('acme'), source('entra'), application('crm'), resource('crm', '/'), group('sales')].map(put));
  return graph;
}
const refer = (reference: Reference): GraphChange => ({ kind: 'putReference', reference });
const takeBack = (reference: Reference): GraphChange => ({ kind: 'closeReference', reference });
const setMembers = (...values: readonly string[]): GraphChange => ({
  kind: 'setReferences',
  holder: id('sales'),
  holderEnd: 'to',
  edge: 'MEMBER_OF',
  source: asStatementSource('entra'),
  references: values.map((value) => member('sales', value)),
});
const pending = ({ view }: GrowingGraph, holder = 'sales') =>
  view
    .holders(fieldKey('PendingReference', 'holder', '', holder))
    .map((each) => view.node(each)?.node)
    .flatMap((node) => (node?.kind === 'PendingReference' ? [node.reference.target.value] : []))
    .sort();

describe('a reference', () => {
  it('is pending while its target has not arrived, and an edge in the commit in which it arrives', () => {
    const graph = createAcme();
    graph.commit(refer(member('sales', 'E1', { display: 'Ann' })));
    expect(pending(graph)).toEqual(['E1']);
    expect(graph.view.node(pendingIdOf(member('sales', 'E1')))?.node).toMatchObject({
      tenant: 'acme',
      source: 'entra',
    });
    graph.commit(put(account('a1', { externalId: 'E1' })));
    expect(pending(graph)).toEqual([]);
    expect([...graph.view.edgesOf(id('sales'), 'to')].map(({ edge }) => edge)).toEqual([
      { kind: 'MEMBER_OF', from: 'a1', to: 'sales', source: 'entra', statedBy: 'SCIM', statement: '', display: 'Ann' },
    ]);
  });

  it.each<[string, string, GraphNode]>([
    ['the id of an account', 'a1', account('a1')],
    ['the externalId of an account', 'E1', account('a1', { externalId: 'E1' })],
    ['the userName of an account without regard to letter case', 'ANN', account('a1', { userName: 'Ann' })],
    ['the id of a group', 'g1', group('g1')],
    ['the externalId of a group', 'E1', group('g1', { externalId: 'E1' })],
  ])('finds %s', (_title, value, target) => {
    const graph = createAcme();
    graph.commit(put(target), refer(member('sales', value)));
    expect(membersOf(graph.view, 'sales')).toEqual([target.id]);
    expect(pending(graph)).toEqual([]);
  });

  it.each<[string, string, GraphNode]>([
    ['an externalId in other letter case', 'e1', account('a1', { externalId: 'E1' })],
    ['the name of a group', 'other', group('g1', { displayName: 'other' })],
    ['an account of another source', 'a1', account('a1', { source: id('okta') })],
  ])('does not find %s', (_title, value, target) => {
    const graph = createAcme();
    graph.commit(put(target), refer(member('sales', value)));
    expect(membersOf(graph.view, 'sales')).toEqual([]);
    expect(pending(graph)).toEqual([value]);
  });

  it('takes an id before an externalId before a userName', () => {
    const graph = createAcme();
    const [byId, byExternalId] = [account('x', { userName: 'u1' }), account('a2', { userName: 'u2', externalId: 'x' })];
    graph.commit(put(account('a3', { userName: 'x' })), put(byExternalId), put(byId), refer(member('sales', 'x')));
    expect(membersOf(graph.view, 'sales')).toEqual(['x']);
  });

  it('stays pending while several things have the name, and resolves when one is left', () => {
    const graph = createAcme();
    graph.commit(put(account('a1', { externalId: 'E1' })), put(group('g1', { externalId: 'E1' })));
    graph.commit(refer(member('sales', 'E1')));
    expect([membersOf(graph.view, 'sales'), pending(graph)]).toEqual([[], ['E1']]);
    graph.commit(close('g1'));
    expect([membersOf(graph.view, 'sales'), pending(graph)]).toEqual([['a1'], []]);
  });

  it('is taken back by the value as it was sent, pending or resolved', () => {
    const graph = createAcme();
    graph.commit(put(account('a1', { externalId: 'E1' })), refer(member('sales', 'E1')), refer(member('sales', 'E2')));
    graph.commit(takeBack(member('sales', 'E1')), takeBack(member('sales', 'E2')), takeBack(member('sales', 'E3')));
    expect([membersOf(graph.view, 'sales'), pending(graph)]).toEqual([[], []]);
  });

  it('is taken back where another has the name too by now', () => {
    const graph = createAcme();
    graph.commit(put(account('a1', { userName: 'x' })), refer(member('sales', 'x')));
    graph.commit(put(account('a2', { externalId: 'x' })));
    graph.commit(takeBack(member('sales', 'x')));
    expect(membersOf(graph.view, 'sales')).toEqual([]);
  });

  it('is not taken back by a name that its target has given up', () => {
    const graph = createAcme();
    graph.commit(put(account('a1', { externalId: 'E1' })), refer(member('sales', 'E1')));
    graph.commit(put(account('a1', { externalId: 'E2' })));
    expect(graph.commit(takeBack(member('sales', 'E1')))).toEqual([]);
    graph.commit(takeBack(member('sales', 'E2')));
    expect(membersOf(graph.view, 'sales')).toEqual([]);
  });

  it('is taken back under another name of a target that arrives in the same commit', () => {
    const graph = createAcme();
    graph.commit(refer(member('sales', 'x')));
    const arrival = [takeBack(member('sales', 'a1')), put(account('a1', { userName: 'x' }))];
    graph.commit(...arrival);
    expect([membersOf(graph.view, 'sales'), pending(graph)]).toEqual([[], []]);
    expect(graph.commit(...arrival)).toEqual([]);
  });

  it('makes the set of a holder exactly what is given, pending or resolved', () => {
    const graph = createAcme();
    graph.commit(put(account('a1')), put(account('a2')));
    graph.commit(setMembers('a1', 'later-1', 'later-2'));
    expect([membersOf(graph.view, 'sales'), pending(graph)]).toEqual([['a1'], ['later-1', 'later-2']]);
    graph.commit(setMembers('a2', 'later-2'));
    expect([membersOf(graph.view, 'sales'), pending(graph)]).toEqual([['a2'], ['later-2']]);
    expect(graph.commit(setMembers('a2', 'later-2'))).toEqual([]);
  });

  it('counts as a change of members of the group that holds it', () => {
    const graph = createAcme();
    graph.commit(refer(member('sales', 'later')));
    expect(graph.view.node(id('sales'))?.stamps).toEqual({ since: 2, version: 2, createdAt: 1_000, modifiedAt: 2_000 });
  });

  it('goes with its holder', () => {
    const graph = createAcme();
    graph.commit(refer(member('sales', 'later')));
    graph.commit(close('sales'));
    expect(graph.view.node(pendingIdOf(member('sales', 'later')))).toBeUndefined();
  });

  it('finds the tenant’s own role before every tenant’s, and waits for either', () => {
    const graph = createAcme();
    const assigned = (value: string): Reference => ({
      holder: id('sales'),
      holderEnd: 'from',
      target: { kind: 'role', application: id('crm'), tenant: id('acme'), value },
      edge: {
        kind: 'ASSIGNED',
        scope: id('crm:'),
        source: asStatementSource('entra'),
        statedBy: 'SCIM',
        statement: '',
      },
    });
    const roles = () => Array.from(graph.view.edgesOf(id('sales'), 'from', 'ASSIGNED'), ({ edge }) => edge.to).sort();
    graph.commit(put(role('shared', { name: 'Admin' })), put(role('own', { name: 'admin', tenant: id('acme') })));
    graph.commit(refer(assigned('ADMIN')), refer(assigned('auditor')), refer(assigned('editor')));
    expect([roles(), pending(graph)]).toEqual([['own'], ['auditor', 'editor']]);
    graph.commit(put(role('r1', { name: 'auditor' })), put(role('r2', { name: 'editor', tenant: id('acme') })));
    expect([roles(), pending(graph)]).toEqual([['own', 'r1', 'r2'], []]);
    graph.commit(put(role('r3', { name: 'x', tenant: id('other') })), refer(assigned('x')));
    expect(pending(graph)).toEqual(['x']);
  });

  it('stands for the identity of an account where the edge takes no accounts', () => {
    const graph = createAcme();
    const owner: Reference = {
      holder: id('svc'),
      holderEnd: 'to',
      target: { kind: 'principal', source: id('entra'), value: 'ann' },
      edge: { kind: 'OWNS', ownership: 'PRIMARY', source: asStatementSource('entra'), statedBy: 'SCIM', statement: '' },
    };
    graph.commit(put(account('svc')), refer(owner));
    graph.commit(put(account('a1', { userName: 'Ann' })));
    const owned = Array.from(graph.view.edgesOf(identityIdOf(id('svc')), 'to', 'OWNS'), ({ edge }) => edge.from);
    expect(owned).toEqual([identityIdOf(id('a1'))]);
    graph.commit(takeBack(owner));
    expect([...graph.view.edgesOf(identityIdOf(id('svc')), 'to', 'OWNS')]).toEqual([]);
  });

  it.each<[string, GraphChange]>([
    ['whose holder is not open', refer(member('nowhere', 'x'))],
    ['whose holder the edge does not take', refer(member('crm', 'x'))],
    ['that is put as a node', put({ ...pendingNode(), reference: member('sales', 'x') })],
    ['of another holder in a set', { ...setMembers(), references: [member('other', 'x')] } as GraphChange],
  ])('is refused %s', (_title, change) => {
    expect(() => createAcme().commit(change)).toThrow(expect.objectContaining({ code: 'INVALID' }));
  });

  it('is refused where it would join an account to an identity, though both are there', () => {
    const graph = createAcme();
    graph.commit(put(account('a1')), put(account('a2')));
    const { edge, target } = member('sales', 'a1');
    const joining: Reference = {
      holder: identityIdOf(id('a2')),
      holderEnd: 'from',
      target,
      edge: { ...edge, kind: 'HAS_ACCOUNT', rule: 'own' },
    };
    expect(() => graph.commit(refer(joining))).toThrow(/HAS_ACCOUNT is derived/);
  });

  it('is the same edge in whatever order its holder, its target and itself arrive', () => {
    const changes: readonly GraphChange[] = [
      put(account('a1', { externalId: 'E1' })),
      put(account('a2', { userName: 'Bob' })),
      put(group('g1', { externalId: 'E3' })),
      put(group('team')),
      refer(member('sales', 'E1')),
      refer(member('sales', 'bob')),
      refer(member('sales', 'E3')),
      refer(member('sales', 'team')),
      refer(member('sales', 'never')),
    ];
    const orders = fc.shuffledSubarray([...changes], { minLength: changes.length });
    fc.assert(
      fc.property(orders, fc.nat(changes.length), (order, cut) => {
        const graph = createAcme();
        graph.commit(...order.slice(0, cut));
        for (const change of order.slice(cut)) graph.commit(change);
        expect([membersOf(graph.view, 'sales'), pending(graph)]).toEqual([['a1', 'a2', 'g1', 'team'], ['never']]);
      }),
      { numRuns: 200 },
    );
  });
});

function pendingNode() {
  return { kind: 'PendingReference', id: id('ref.1'), tenant: id('acme'), source: id('entra') } as const;
}
