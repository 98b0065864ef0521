import type { GraphNode, IdentityState, NodeKind, NodeOf, Plane, SourceNode, Tier } from '../../src/graph/node.js';
import {
  defaultApplication,
  defaultTenant,
  homeSourceOf,
  IDENTITY_PREFIXES,
  idOfName,
  partsOfResource,
} from './estate-names.js';

/** What the words of an estate tell of one node. */
export interface NodeWords {
  readonly name: string;
  readonly kind: NodeKind;
  /** What it belongs to: a tenant, a source, an application; the last of a kind counts. */
  readonly of: string[];
  disabled?: boolean;
  state?: IdentityState;
  expiresAt?: number;
  flat?: boolean;
  directMembersOnly?: boolean;
  tier?: Tier;
  plane?: Plane;
}

/** Finds a name's words; makes them where it was not named yet. */
export type LookUp = (name: string) => NodeWords;

/** @throws Error where estates in words cannot tell of such a node */
export function nodeOf(words: NodeWords, lookUp: LookUp): GraphNode {
  const make = MAKERS[words.kind];
  if (!make) throw new Error(`no words for a node of kind ${words.kind}`);
  return make(words, lookUp);
}

const MAKERS: { readonly [kind: string]: (words: NodeWords, lookUp: LookUp) => GraphNode } = {
  Tenant: ({ name }) => ({ kind: 'Tenant', id: idOfName(name), slug: bare(name), name: bare(name) }),
  Source: sourceNode,
  Application: ({ name, directMembersOnly = false }) => ({
    kind: 'Application',
    id: idOfName(name),
    slug: bare(name),
    name: bare(name),
    caseSensitiveActions: true,
    directMembersOnly,
  }),
  Resource: resourceNode,
  Identity: identityNode,
  Account: accountNode,
  Group: groupNode,
  Role: roleNode,
  Permission: ({ name, of, tier = 3, plane = 'CONTROL' }, lookUp) => ({
    kind: 'Permission',
    id: idOfName(name),
    application: idOfName(lookUp(of.at(-1) ?? defaultApplication).name),
    plane,
    action: bare(name),
    class: 'READ',
    tier,
  }),
};

function sourceNode({ name, of, flat = false }: NodeWords, lookUp: LookUp): SourceNode {
  const application = of.findLast((each) => each.startsWith('app:'));
  const isHome = name.endsWith('idp');
  const tenant =
    of.findLast((each) => each.startsWith('tenant:')) ??
    (isHome && name !== homeSourceOf(defaultTenant) ? `tenant:${bare(name).slice(0, -'-idp'.length)}` : defaultTenant);
  return {
    kind: 'Source',
    id: idOfName(name),
    tenant: idOfName(lookUp(tenant).name),
    slug: bare(name),
    sourceKind: application ? 'APPLICATION' : 'IDP',
    ...(application ? { application: idOfName(lookUp(application).name) } : {}),
    authoritative: isHome,
    emailsVerified: false,
    absentMeansUnknown: false,
    nesting: flat ? 'DIRECT' : 'TRANSITIVE',
    externalIdsUnique: false,
    groupNamesUnique: false,
    preset: 'generic',
    settings: {},
  };
}

function resourceNode({ name }: NodeWords, lookUp: LookUp): NodeOf<'Resource'> {
  const { tenant, application, path } = partsOfResource(name);
  return {
    kind: 'Resource',
    id: idOfName(name),
    tenant: idOfName(lookUp(tenant).name),
    application: idOfName(lookUp(application).name),
    path,
  };
}

function identityNode({ name, of, state, expiresAt }: NodeWords, lookUp: LookUp): NodeOf<'Identity'> {
  return {
    kind: 'Identity',
    id: idOfName(name),
    tenant: idOfName(lookUp(of.at(-1) ?? defaultTenant).name),
    name,
    type: typeOf(name),
    state: state ?? 'ACTIVE',
    hadAuthoritative: true,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(state === undefined ? {} : { lifecycle: { state, reason: 'as the estate says' } }),
  };
}

/** Linked to its identity, so that correlation has nothing to find. */
function accountNode({ name, disabled = false }: NodeWords, lookUp: LookUp): NodeOf<'Account'> {
  const [identity = '', at = ''] = name.split('.');
  const source = sourceNode(lookUp(`source:${at}`), lookUp);
  const expiresAt = lookUp(identity).expiresAt;
  return {
    kind: 'Account',
    id: idOfName(name),
    tenant: source.tenant,
    source: source.id,
    userName: identity,
    active: !disabled,
    type: typeOf(name),
    link: idOfName(identity),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    attributes: {},
  };
}

function groupNode({ name, of, disabled = false }: NodeWords, lookUp: LookUp): NodeOf<'Group'> {
  const common = {
    kind: 'Group',
    id: idOfName(name),
    displayName: bare(name),
    active: !disabled,
    attributes: {},
  } as const;
  if (name.startsWith('everyone:'))
    return { ...common, tenant: idOfName(lookUp(`tenant:${bare(name)}`).name), everyone: true };
  const home = of.at(-1) ?? defaultTenant;
  const source = sourceNode(lookUp(home.startsWith('tenant:') ? homeSourceOf(home) : home), lookUp);
  return { ...common, tenant: source.tenant, source: source.id };
}

function roleNode({ name, of }: NodeWords, lookUp: LookUp): NodeOf<'Role'> {
  const tenant = of.findLast((each) => each.startsWith('tenant:'));
  const application = of.findLast((each) => each.startsWith('app:')) ?? defaultApplication;
  return {
    kind: 'Role',
    id: idOfName(name),
    application: idOfName(lookUp(application).name),
    ...(tenant ? { tenant: idOfName(lookUp(tenant).name) } : {}),
    name: bare(name),
    assignable: true,
    deprecated: false,
  };
}

const bare = (name: string) => name.slice(name.indexOf(':') + 1);
const typeOf = (name: string) => IDENTITY_PREFIXES[name.slice(0, name.indexOf(':'))] ?? 'SERVICE_ACCOUNT';
