import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { identityIdOf, type NodeId } from '../../src/graph/ids.js';
import type { AccountNode, IdentityNode, SourceNode } from '../../src/graph/node.js';
import {
  account,
  close,
  createGrowingGraph,
  everyone,
  type GrowingGraph,
  group,
  id,
  memberOf,
  put,
  source,
  tenant,
} from './small-estate.js';

/** Tenant acme: hr is authoritative and holds the anchors, crm and erp follow; an absent account of erp means nothing. */
function createAcme(hr: Partial<SourceNode> = {}): GrowingGraph {
  const graph = createGrowingGraph();
  const followers = [source('crm'), source('erp', { absentMeansUnknown: true })];
  graph.commit(put(tenant('acme', { anchorSource: id('hr') })), put(source('hr', { authoritative: true, ...hr })));
  graph.commit(...followers.map(put));
  return graph;
}

const of = (name: string, fields: Partial<AccountNode> = {}): AccountNode =>
  account(name, { source: id(name.replace(/-.*$/, '')), userName: 'ann', ...fields });
const own = (name: string): NodeId => identityIdOf(id(name));
const identity = ({ view }: GrowingGraph, name: string) => view.node(own(name))?.node as IdentityNode;
const stateOf = (graph: GrowingGraph, name: string) => identity(graph, name).state;

describe('the state of an identity', () => {
  it('is offboarded, not suspended for ever, when a suspended person is deleted', () => {
    const graph = createAcme();
    graph.commit(put(of('hr-1')));
    graph.commit(put(of('hr-1', { active: false })));
    expect(identity(graph, 'hr-1')).toMatchObject({ state: 'SUSPENDED', stateSince: 4_000 });
    graph.commit(close('hr-1'));
    expect(identity(graph, 'hr-1')).toMatchObject({ state: 'OFFBOARDED', stateSince: 5_000, name: 'ann' });
  });

  it('gives nothing for an application’s active account once the provider deletes the person', () => {
    const graph = createAcme();
    graph.commit(put(of('hr-1', { active: false })), put(of('crm-1')));
    expect(stateOf(graph, 'hr-1')).toBe('SUSPENDED');
    graph.commit(close('hr-1'));
    expect(stateOf(graph, 'hr-1')).toBe('OFFBOARDED');
    graph.commit(put(of('crm-1', { displayName: 'Ann' })));
    expect(stateOf(graph, 'hr-1')).toBe('OFFBOARDED');
    expect([...graph.view.edgesOf(id('crm-1'), 'to')].map(({ edge }) => edge.from)).toEqual([own('hr-1')]);
  });

  it('is decommissioned where a service goes', () => {
    const graph = createAcme();
    graph.commit(put(of('crm-1', { type: 'SERVICE_ACCOUNT' })));
    graph.commit(close('crm-1'));
    expect(stateOf(graph, 'crm-1')).toBe('DECOMMISSIONED');
  });

  it('is unknown where the source declares that absent means unknown, also after a lifecycle act came and went', () => {
    const graph = createAcme();
    graph.commit(put(of('erp-1')));
    graph.commit(close('erp-1'));
    expect(stateOf(graph, 'erp-1')).toBe('UNKNOWN');
    graph.commit(put({ ...identity(graph, 'erp-1'), lifecycle: { state: 'SUSPENDED', reason: 'left' } }));
    expect(stateOf(graph, 'erp-1')).toBe('SUSPENDED');
    const { lifecycle: _, ...withdrawn } = identity(graph, 'erp-1');
    graph.commit(put(withdrawn));
    expect(stateOf(graph, 'erp-1')).toBe('UNKNOWN');
  });

  it('is that of a lifecycle act until it is withdrawn, whatever the accounts say', () => {
    const graph = createAcme();
    graph.commit(put(of('hr-1')));
    graph.commit(put({ ...identity(graph, 'hr-1'), lifecycle: { state: 'SUSPENDED', reason: 'leave' } }));
    graph.commit(put(of('hr-1', { displayName: 'Ann' })));
    expect(identity(graph, 'hr-1')).toMatchObject({ state: 'SUSPENDED', stateSince: 4_000, displayName: 'Ann' });
    const { lifecycle: _, ...withdrawn } = identity(graph, 'hr-1');
    graph.commit(put(withdrawn));
    expect(identity(graph, 'hr-1')).toMatchObject({ state: 'ACTIVE', stateSince: 6_000 });
  });

  it('follows a source that becomes authoritative', () => {
    const graph = createAcme({ authoritative: false });
    graph.commit(put(of('hr-1', { active: false })), put(of('crm-1')));
    expect(identity(graph, 'hr-1')).toMatchObject({ state: 'ACTIVE', hadAuthoritative: false });
    graph.commit(put(source('hr', { authoritative: true })));
    expect(identity(graph, 'hr-1')).toMatchObject({ state: 'SUSPENDED', hadAuthoritative: true });
  });

  it('stays as it was put where there never was an account', () => {
    const graph = createAcme();
    const robot: IdentityNode = {
      kind: 'Identity',
      id: id('robot'),
      tenant: id('acme'),
      name: 'robot',
      type: 'AI_AGENT',
      state: 'UNKNOWN',
      hadAuthoritative: false,
    };
    graph.commit(put(robot));
    expect(graph.view.node(id('robot'))?.node).toEqual({ ...robot, stateSince: 3_000 });
    expect(graph.commit(put(robot))).toEqual([]);
    graph.commit(put({ ...robot, state: 'ACTIVE' }));
    expect(graph.view.node(id('robot'))?.node).toEqual({ ...robot, state: 'ACTIVE', stateSince: 4_000 });
  });

  it('keeps what only accounts decide when somebody puts the identity', () => {
    const graph = createAcme();
    graph.commit(put(of('hr-1')));
    const before = identity(graph, 'hr-1');
    expect(graph.commit(put({ ...before, hadAuthoritative: false, name: 'eve', joinedTo: id('robot') }))).toEqual([]);
  });

  /** The accounts of one person by source, each active, suspended or gone, after a random history. */
  const account3 = fc.constantFrom<'active' | 'suspended' | 'gone'>('active', 'suspended', 'gone');
  const histories = fc.array(fc.tuple(fc.constantFrom('hr-1', 'crm-1', 'erp-1'), account3), { maxLength: 12 });

  it('is that of the authoritative account alone once there was one, in any history', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const graph = createAcme();
        graph.commit(put(of('hr-1')));
        const now = new Map([['hr-1', 'active']]);
        for (const [name, state] of steps) {
          graph.commit(state === 'gone' ? close(name) : put(of(name, { active: state === 'active' })));
          now.set(name, state);
        }
        const expected = { active: 'ACTIVE', suspended: 'SUSPENDED', gone: 'OFFBOARDED' };
        expect(stateOf(graph, 'hr-1')).toBe(expected[now.get('hr-1') as keyof typeof expected]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('what an identity is called', () => {
  it('is the word of the anchor, else of an authoritative account, else of the account with the least id', () => {
    const graph = createAcme();
    const linked = (name: string, fields: Partial<AccountNode>) => put(of(name, { link: own('x-1'), ...fields }));
    const named = () => identity(graph, 'x-1').name;
    graph.commit(linked('erp-1', { userName: 'by-erp' }), linked('crm-2', { userName: 'by-crm-2' }));
    expect(named()).toBe('by-crm-2');
    graph.commit(linked('crm-1', { userName: 'by-crm-1' }));
    expect(named()).toBe('by-crm-1');
    graph.commit(put(source('erp', { authoritative: true })));
    expect(named()).toBe('by-erp');
    graph.commit(linked('hr-1', { userName: 'by-hr', employeeNumber: '7' }));
    expect(graph.view.node(own('x-1'))?.node).toMatchObject({ name: 'by-hr', employeeNumber: '7' });
    graph.commit(close('hr-1'));
    expect(graph.view.node(own('x-1'))?.node).not.toHaveProperty('employeeNumber');
  });
});

describe('the group of everyone', () => {
  it('comes and goes with its tenant', () => {
    const graph = createAcme();
    const { id: name } = everyone('acme');
    expect(graph.view.node(name)?.node).toEqual(everyone('acme'));
    graph.commit(close('acme'));
    expect(graph.view.node(name)).toBeUndefined();
  });

  it('nests nowhere, has no stated member and cannot be another group', () => {
    const graph = createAcme();
    graph.commit(put(of('hr-1')), put(group('sales')));
    const { id: name } = everyone('acme');
    const refused = expect.objectContaining({ code: 'INVALID' });
    expect(() => graph.commit(memberOf('hr-1', name))).toThrow(refused);
    expect(() => graph.commit(memberOf(name, 'sales'))).toThrow(refused);
    expect(() => graph.commit(put(group('sales', { everyone: true })))).toThrow(refused);
  });
});
