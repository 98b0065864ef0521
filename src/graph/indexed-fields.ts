import type { NodeId } from './ids.js';
import type { GraphNode, NodeKind, NodeOf } from './node.js';
import { fold } from './text.js';

/**
 * One value by which a node is found. Claims, correlation, resolution of references and the filters of lists all read
 * `INDEXED_FIELDS`; the stores index exactly what `fieldKeysOf` says and nothing else.
 */
export interface FieldKey {
  readonly kind: NodeKind;
  readonly field: string;
  /** The tenant, source or application (or two of them, joined by `/`) within which it is looked up; `''`: everywhere. */
  readonly scope: string;
  /** Already folded, where the field folds. */
  readonly value: string;
}

interface IndexedField<Node extends GraphNode> {
  /** In document order; none: the node cannot be found by it. */
  readonly values: (node: Node) => readonly (string | undefined)[];
  readonly scope: (node: Node) => string;
  /** Compared without regard to letter case (`fold`), else exactly. */
  readonly folded: boolean;
  /** At most one open node of the scope holds the value. */
  readonly claim: (node: Node) => boolean;
}

const never = () => false;
const always = () => true;
const everywhere = () => '';
const inTenant = (node: { readonly tenant: NodeId }) => node.tenant;
const inSource = (node: { readonly source: NodeId }) => node.source;
const inApplication = (node: { readonly application: NodeId }) => node.application;

export const INDEXED_FIELDS: {
  readonly [Kind in NodeKind]: { readonly [field: string]: IndexedField<NodeOf<Kind>> };
} = {
  Tenant: {
    slug: { values: (n) => [n.slug], scope: everywhere, folded: true, claim: always },
  },
  Source: {
    slug: { values: (n) => [n.slug], scope: inTenant, folded: true, claim: always },
    tenant: { values: (n) => [n.tenant], scope: everywhere, folded: false, claim: never },
    application: { values: (n) => [n.application], scope: everywhere, folded: false, claim: never },
  },
  Application: {
    slug: { values: (n) => [n.slug], scope: everywhere, folded: true, claim: always },
  },
  Resource: {
    path: { values: (n) => [n.path], scope: (n) => `${n.application}/${n.tenant}`, folded: false, claim: always },
    application: { values: (n) => [n.application], scope: everywhere, folded: false, claim: never },
    environment: { values: (n) => [n.environment], scope: inTenant, folded: false, claim: never },
  },
  Identity: {
    name: { values: (n) => [n.name], scope: inTenant, folded: true, claim: never },
    displayName: { values: (n) => [n.displayName], scope: inTenant, folded: true, claim: never },
    type: { values: (n) => [n.type], scope: inTenant, folded: false, claim: never },
    state: { values: (n) => [n.state], scope: inTenant, folded: false, claim: never },
    environment: { values: (n) => n.environments ?? [], scope: inTenant, folded: false, claim: never },
    employeeNumber: { values: (n) => [n.employeeNumber], scope: inTenant, folded: false, claim: never },
    joinedTo: { values: (n) => [n.joinedTo ?? '-'], scope: inTenant, folded: false, claim: never },
    'former.externalId': {
      values: (n) => [n.formerAnchor?.externalId],
      scope: inTenant,
      folded: false,
      claim: never,
    },
    'former.userName': { values: (n) => [n.formerAnchor?.userName], scope: inTenant, folded: true, claim: never },
    'former.employeeNumber': {
      values: (n) => [n.formerAnchor?.employeeNumber],
      scope: inTenant,
      folded: false,
      claim: never,
    },
    'former.email': { values: (n) => [n.formerAnchor?.email], scope: inTenant, folded: true, claim: never },
  },
  Account: {
    userName: { values: (n) => [n.userName], scope: inSource, folded: true, claim: always },
    externalId: {
      values: (n) => [n.externalId],
      scope: inSource,
      folded: false,
      claim: (n) => n.claimsExternalId === true,
    },
    displayName: { values: (n) => [n.displayName], scope: inSource, folded: true, claim: never },
    employeeNumber: { values: (n) => [n.employeeNumber], scope: inSource, folded: false, claim: never },
    primaryEmail: { values: (n) => [n.primaryEmail], scope: inSource, folded: true, claim: never },
    emails: { values: (n) => n.emails ?? [], scope: inSource, folded: true, claim: never },
    active: { values: (n) => [String(n.active)], scope: inSource, folded: false, claim: never },
    type: { values: (n) => [n.type], scope: inSource, folded: false, claim: never },
    link: { values: (n) => [n.link], scope: everywhere, folded: false, claim: never },
  },
  Group: {
    displayName: {
      values: (n) => [n.displayName],
      scope: (n) => n.source ?? n.tenant,
      folded: true,
      claim: (n) => n.claimsDisplayName === true,
    },
    externalId: { values: (n) => [n.externalId], scope: (n) => n.source ?? n.tenant, folded: false, claim: never },
  },
  Role: {
    name: { values: (n) => [n.name], scope: (n) => `${n.application}/${n.tenant ?? ''}`, folded: true, claim: never },
    application: { values: (n) => [n.application], scope: everywhere, folded: false, claim: never },
  },
  Permission: {
    action: { values: (n) => [n.action], scope: inApplication, folded: true, claim: never },
    class: { values: (n) => [n.class], scope: inApplication, folded: false, claim: never },
    tier: { values: (n) => [String(n.tier)], scope: inApplication, folded: false, claim: never },
  },
  PendingReference: {
    holder: { values: (n) => [n.reference.holder], scope: everywhere, folded: false, claim: never },
    source: { values: (n) => [n.source], scope: everywhere, folded: false, claim: never },
    /** Exact, for ids and externalIds. */
    target: {
      values: (n) => [n.reference.target.value],
      scope: (n) => referenceScope(n.reference.target),
      folded: false,
      claim: never,
    },
    /** Folded, for userNames and role names. */
    targetName: {
      values: (n) => [n.reference.target.value],
      scope: (n) => referenceScope(n.reference.target),
      folded: true,
      claim: never,
    },
    /** Role names of any tenant, for the arrival of a role that is every tenant's. */
    roleName: {
      values: ({ reference: { target } }) => (target.kind === 'role' ? [target.value] : []),
      scope: ({ reference: { target } }) => (target.kind === 'role' ? target.application : ''),
      folded: true,
      claim: never,
    },
  },
  Document: {
    subject: { values: (n) => [n.subject], scope: everywhere, folded: false, claim: never },
  },
};

function referenceScope(target: NodeOf<'PendingReference'>['reference']['target']): string {
  return target.kind === 'principal' ? target.source : `${target.application}/${target.tenant}`;
}

/** All values by which the node is found, in the table's order; duplicates removed. */
export function fieldKeysOf(node: GraphNode): readonly FieldKey[] {
  return keysWhere(node, () => true);
}

/** The keys of which this node must be the only open holder. */
export function claimsOf(node: GraphNode): readonly FieldKey[] {
  return keysWhere(node, (field) => field.claim(node));
}

/** The key under which a value is looked up; folds it as the table says. */
export function fieldKey(kind: NodeKind, field: string, scope: string, value: string): FieldKey {
  const folded = INDEXED_FIELDS[kind][field]?.folded ?? false;
  return { kind, field, scope, value: folded ? fold(value) : value };
}

/** The key as one text, for maps. U+0000 is refused in all stored text, so no two keys have one text. */
export const keyText = ({ kind, field, scope, value }: FieldKey): string => [kind, field, scope, value].join('\u0000');

function keysWhere(node: GraphNode, include: (field: IndexedField<GraphNode>) => boolean): readonly FieldKey[] {
  const table = INDEXED_FIELDS[node.kind] as { readonly [field: string]: IndexedField<GraphNode> };
  const keys: FieldKey[] = [];
  for (const [field, row] of Object.entries(table)) {
    if (!include(row)) continue;
    const scope = row.scope(node);
    const values = new Set(row.values(node).map((value) => (value && row.folded ? fold(value) : value)));
    for (const value of values) if (value) keys.push({ kind: node.kind, field, scope, value });
  }
  return keys;
}
