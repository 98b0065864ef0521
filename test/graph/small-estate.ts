import type { Commit, GraphChange, GraphEffect } from '../../src/graph/change.js';
import { asNodeId, asStatementSource, everyoneIdOf, type NodeId } from '../../src/graph/ids.js';
import type { AccountNode, GraphNode, GroupNode, Reference, SourceNode } from '../../src/graph/node.js';
import { createOverlayView, emptyView, type OverlayView } from '../../src/graph/overlay-view.js';
import { settle } from '../../src/graph/settle.js';

/** A graph that grows by commits, as a store's does: each settled at the head, then applied. */
export interface GrowingGraph {
  readonly view: OverlayView;
  commit(...changes: readonly GraphChange[]): readonly GraphEffect[];
  commitExpecting(expectations: Commit['expectations'], ...changes: readonly GraphChange[]): readonly GraphEffect[];
}

/** The commit that makes revision r is made at the instant 1,000 · r. */
export function createGrowingGraph(): GrowingGraph {
  const view = createOverlayView(emptyView);
  let revision = 0;
  function commitExpecting(expectations: Commit['expectations'], ...changes: readonly GraphChange[]) {
    const context = { revision: revision + 1, at: 1_000 * (revision + 1) };
    const { effects } = settle({ changes, ...(expectations && { expectations }) }, view, context);
    if (effects.length > 0) revision += 1;
    view.apply(effects);
    return effects;
  }
  return { view, commitExpecting, commit: (...changes) => commitExpecting(undefined, ...changes) };
}

export const id = asNodeId;
export const put = (node: GraphNode): GraphChange => ({ kind: 'putNode', node });
export const close = (node: string): GraphChange => ({ kind: 'closeNode', id: id(node) });

export const tenant = (name: string, fields: object = {}): GraphNode => ({
  kind: 'Tenant',
  id: id(name),
  slug: name,
  name,
  ...fields,
});

export const source = (name: string, fields: Partial<SourceNode> = {}): SourceNode => ({
  kind: 'Source',
  id: id(name),
  tenant: id('acme'),
  slug: name,
  sourceKind: 'IDP',
  authoritative: false,
  emailsVerified: false,
  absentMeansUnknown: false,
  nesting: 'TRANSITIVE',
  externalIdsUnique: false,
  groupNamesUnique: false,
  preset: 'none',
  settings: {},
  ...fields,
});

export const account = (name: string, fields: Partial<AccountNode> = {}): AccountNode => ({
  kind: 'Account',
  id: id(name),
  tenant: id('acme'),
  source: id('entra'),
  userName: name,
  active: true,
  type: 'HUMAN',
  attributes: {},
  ...fields,
});

export const group = (name: string, fields: Partial<GroupNode> = {}): GroupNode => ({
  kind: 'Group',
  id: id(name),
  tenant: id('acme'),
  source: id('entra'),
  displayName: name,
  active: true,
  attributes: {},
  ...fields,
});

/** The group that comes with the tenant. */
export const everyone = (owner: string): GroupNode => ({
  kind: 'Group',
  id: everyoneIdOf(id(owner)),
  tenant: id(owner),
  everyone: true,
  displayName: 'everyone',
  active: true,
  attributes: {},
});

export const application = (name: string): GraphNode => ({
  kind: 'Application',
  id: id(name),
  slug: name,
  name,
  caseSensitiveActions: false,
  directMembersOnly: false,
});

/** `resource('crm', '/prod')` has the id `crm:prod`; the root has `crm:`. */
export const resource = (app: string, path: string, owner = 'acme'): GraphNode => ({
  kind: 'Resource',
  id: id([app, path.slice(1).replaceAll('/', '.'), ...(owner === 'acme' ? [] : [owner])].join(':')),
  application: id(app),
  tenant: id(owner),
  path,
});

export const role = (
  name: string,
  fields: { application?: NodeId; tenant?: NodeId; name?: string } = {},
): GraphNode => ({
  kind: 'Role',
  id: id(name),
  application: id('crm'),
  name,
  assignable: true,
  deprecated: false,
  ...fields,
});

export const permission = (name: string, app = 'crm'): GraphNode => ({
  kind: 'Permission',
  id: id(name),
  application: id(app),
  plane: 'CONTROL',
  action: name,
  class: 'READ',
  tier: 3,
});

const stated = { source: asStatementSource('entra'), statedBy: 'SCIM', statement: '' } as const;

export const memberOf = (from: string, to: string, fields: object = {}): GraphChange => ({
  kind: 'putEdge',
  edge: { kind: 'MEMBER_OF', from: id(from), to: id(to), ...stated, ...fields },
});
export const assigned = (from: string, to: string, scope: string, fields: object = {}): GraphChange => ({
  kind: 'putEdge',
  edge: { kind: 'ASSIGNED', from: id(from), to: id(to), scope: id(scope), ...stated, ...fields },
});
export const inherits = (from: string, to: string): GraphChange => ({
  kind: 'putEdge',
  edge: { kind: 'INHERITS', from: id(from), to: id(to), ...stated },
});
export const grants = (from: string, to: string): GraphChange => ({
  kind: 'putEdge',
  edge: { kind: 'GRANTS', from: id(from), to: id(to), effect: 'ALLOW', ...stated },
});
export const contains = (from: string, to: string): GraphChange => ({
  kind: 'putEdge',
  edge: { kind: 'CONTAINS', from: id(from), to: id(to), ...stated },
});

/** `value`, as the source `entra` sent it, is a member of the group. */
export const member = (holder: string, value: string, fields: object = {}): Reference => ({
  holder: id(holder),
  holderEnd: 'to',
  target: { kind: 'principal', source: id('entra'), value },
  edge: { kind: 'MEMBER_OF', ...stated, ...fields },
});

/** Who is in the group, by id. */
export const membersOf = (view: OverlayView, name: string): readonly NodeId[] =>
  Array.from(view.edgesOf(id(name), 'to', 'MEMBER_OF'), ({ edge }) => edge.from).sort();
