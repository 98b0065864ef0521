import type { GraphChange } from '../src/graph/change.js';
import type { Edge } from '../src/graph/edge.js';
import {
  asNodeId,
  asStatementSource,
  everyoneIdOf,
  type NodeId,
  permissionIdOf,
  resourceIdOf,
  roleIdOf,
} from '../src/graph/ids.js';
import type { GraphNode, IdentityType, PermissionClass, Tier } from '../src/graph/node.js';
import { createRandom, type Random } from './random.js';

/** Counts of one estate. `S` and `M` are those of every figure in `docs`. */
export interface EstateSize {
  readonly name: string;
  readonly identities: number;
  readonly groups: number;
  readonly roles: number;
  readonly permissions: number;
  readonly tenants: number;
}
export const SIZES = {
  XS: { name: 'XS', identities: 400, groups: 60, roles: 40, permissions: 400, tenants: 2 },
  S: { name: 'S', identities: 10_000, groups: 1_000, roles: 500, permissions: 5_000, tenants: 4 },
  M: { name: 'M', identities: 200_000, groups: 20_000, roles: 5_000, permissions: 50_000, tenants: 8 },
} as const satisfies Record<string, EstateSize>;

/**
 * `plain`: every binding at its application's root, allows only.
 * `governed`: a few per cent of the edges carry a narrower scope, a condition, a window or a deny, and everyone is denied
 * one action on one folder.
 */
export type EstateFlavour = 'plain' | 'governed';

/**
 * A synthetic company, the same for the same seed: popularity by power law, groups nested to twelve levels with
 * diamonds and a few cycles, 2 % of the edges across tenants, 60 % service accounts.
 * Changes come in an order in which `settle` takes them.
 */
export function* generateEstate(size: EstateSize, flavour: EstateFlavour, seed = 42): Generator<GraphChange> {
  const plan = createPlan(size, flavour, createRandom(seed));
  yield* catalogue(plan);
  yield* directory(plan);
  yield* access(plan);
}

/** The ids that questions are asked about, by rank within the estate. */
export const identityNumber = (i: number): NodeId => asNodeId(`account-${i}`);
export const permissionNumber = (i: number): NodeId => permissionIdOf(application, 'CONTROL', `action-${i}`);
/** A membership that the source of the first tenant states beside the estate's own, another for each number. */
export function membershipNumber(number: number): GraphChange {
  const [account, group] = [number % 1_000, Math.floor(number / 1_000)];
  return edge({
    kind: 'MEMBER_OF',
    from: identityNumber(account),
    to: groupNumber(group),
    ...bySource(0),
    statement: 'more',
  });
}

const groupNumber = (i: number): NodeId => asNodeId(`group-${i}`);
const roleNumber = (i: number): NodeId => roleIdOf(application, undefined, `role-${i}`);
const tenantNumber = (t: number): NodeId => asNodeId(`tenant-${t}`);
const sourceNumber = (t: number): NodeId => asNodeId(`source-${t}`);
const application = asNodeId('application');
export const rootOf = (t: number): NodeId => resourceIdOf(application, tenantNumber(t), '/');
const folderOf = (t: number, f: number): NodeId => resourceIdOf(application, tenantNumber(t), `/folder-${f}`);
const foldersPerTenant = 40;
const groupLevels = 12;

interface Plan {
  readonly size: EstateSize;
  readonly governed: boolean;
  readonly random: Random;
  /** Nodes per tenant, by kind. */
  readonly local: {
    readonly identities: number;
    readonly groups: number;
    readonly roles: number;
    readonly permissions: number;
  };
}

function createPlan(size: EstateSize, flavour: EstateFlavour, random: Random): Plan {
  const perTenant = (count: number) => Math.floor(count / size.tenants);
  return {
    size,
    governed: flavour === 'governed',
    random,
    local: {
      identities: perTenant(size.identities),
      groups: perTenant(size.groups),
      roles: perTenant(size.roles),
      permissions: perTenant(size.permissions),
    },
  };
}

function* catalogue(plan: Plan): Generator<GraphChange> {
  const { size, random } = plan;
  yield node({
    kind: 'Application',
    id: application,
    slug: 'bench',
    name: 'Benchmark',
    caseSensitiveActions: true,
    directMembersOnly: false,
  });
  for (let t = 0; t < size.tenants; t++) {
    yield node({ kind: 'Tenant', id: tenantNumber(t), slug: `tenant-${t}`, name: `Tenant ${t}` });
    yield node({ kind: 'Resource', id: rootOf(t), application, tenant: tenantNumber(t), path: '/' });
    for (let f = 0; f < foldersPerTenant; f++) {
      yield node({ kind: 'Resource', id: folderOf(t, f), application, tenant: tenantNumber(t), path: `/folder-${f}` });
      yield edge({ kind: 'CONTAINS', from: rootOf(t), to: folderOf(t, f), ...byCatalogue });
    }
  }
  const classes: readonly PermissionClass[] = ['READ', 'WRITE', 'ADMIN', 'GRANT', 'IMPERSONATE', 'SECRET'];
  for (let p = 0; p < plan.local.permissions * size.tenants; p++) {
    const privileged = random() < 0.03;
    const tier = (privileged ? (random() < 0.2 ? 0 : 1) : random() < 0.4 ? 2 : 3) as Tier;
    yield node({
      kind: 'Permission',
      id: permissionNumber(p),
      application,
      plane: 'CONTROL',
      action: `action-${p}`,
      class: classes[privileged ? 2 : tier === 2 ? 1 : 0] as PermissionClass,
      tier,
    });
  }
  for (let r = 0; r < plan.local.roles * size.tenants; r++)
    yield node({
      kind: 'Role',
      id: roleNumber(r),
      application,
      name: `role-${r}`,
      assignable: true,
      deprecated: false,
    });
  for (let t = 0; t < size.tenants; t++) for (let j = 0; j < plan.local.roles; j++) yield* roleEdges(plan, t, j);
}

function* roleEdges(plan: Plan, t: number, j: number): Generator<GraphChange> {
  const { random, local, size } = plan;
  const role = roleNumber(rank(j, local.roles, t, size.tenants));
  const seen = new Set<NodeId>([role]);
  if (j > 8 && random() < 0.5) {
    for (let n = 1 + Math.floor(random() * 2.3); n > 0; n--) {
      const junior = Math.floor(j * (0.3 + 0.65 * random()));
      const to = roleNumber(rank(junior, local.roles, tenantNear(plan, t), size.tenants));
      if (!seen.has(to)) yield edge({ kind: 'INHERITS', from: role, to, ...byCatalogue });
      seen.add(to);
    }
  }
  const grants = Math.min(4000, local.permissions >> 1, Math.floor(12 / (random() + 1e-4) ** 0.9));
  for (let n = 0; n < grants; n++) {
    const to = permissionNumber(popular(plan, local.permissions, tenantNear(plan, t), 1.6));
    if (seen.has(to)) continue;
    seen.add(to);
    const special = plan.governed ? random() : 1;
    yield edge({
      kind: 'GRANTS',
      from: role,
      to,
      effect: special < 0.004 ? 'DENY' : 'ALLOW',
      ...(special > 0.004 && special < 0.014 && { condition: { kind: 'opaque', text: 'within office hours' } }),
      ...(special > 0.014 && special < 0.024 && { resources: { match: 'INSIDE', patterns: ['archive/*'] } }),
      ...byCatalogue,
    });
  }
}

function* directory(plan: Plan): Generator<GraphChange> {
  const { size, random } = plan;
  for (let t = 0; t < size.tenants; t++)
    yield node({
      kind: 'Source',
      id: sourceNumber(t),
      tenant: tenantNumber(t),
      slug: 'idp',
      sourceKind: 'IDP',
      authoritative: true,
      emailsVerified: false,
      absentMeansUnknown: false,
      nesting: 'TRANSITIVE',
      externalIdsUnique: false,
      groupNamesUnique: false,
      preset: 'generic',
      settings: {},
    });
  for (let g = 0; g < plan.local.groups * size.tenants; g++) {
    const t = g % size.tenants;
    yield node({
      kind: 'Group',
      id: groupNumber(g),
      tenant: tenantNumber(t),
      source: sourceNumber(t),
      displayName: `Group ${g}`,
      active: true,
      attributes: {},
    });
  }
  for (let i = 0; i < plan.local.identities * size.tenants; i++) {
    const t = i % size.tenants;
    const draw = random();
    const type: IdentityType = draw < 0.6 ? 'SERVICE_ACCOUNT' : draw < 0.9 ? 'HUMAN' : 'AI_AGENT';
    yield node({
      kind: 'Account',
      id: identityNumber(i),
      tenant: tenantNumber(t),
      source: sourceNumber(t),
      userName: `${type === 'HUMAN' ? 'person' : 'svc'}-${i}`,
      active: true,
      type,
      attributes: {},
    });
  }
}

function* access(plan: Plan): Generator<GraphChange> {
  const { size, local } = plan;
  for (let i = 0; i < local.identities * size.tenants; i++) yield* identityEdges(plan, i);
  for (let t = 0; t < size.tenants; t++) for (let j = 0; j < local.groups; j++) yield* groupEdges(plan, t, j);
  if (plan.governed) yield* everyoneDenied(plan);
}

function* identityEdges(plan: Plan, i: number): Generator<GraphChange> {
  const { random, local, size } = plan;
  const t = i % size.tenants;
  const account = identityNumber(i);
  const seen = new Set<NodeId>();
  const memberships = Math.min(60, Math.floor(3.6 / (random() + 0.004) ** 0.65));
  for (let n = 0; n < memberships; n++) {
    const to = groupNumber(popular(plan, local.groups, tenantNear(plan, t), 2.2));
    if (seen.has(to)) continue;
    seen.add(to);
    yield edge({ kind: 'MEMBER_OF', from: account, to, ...windowOf(plan), ...bySource(t) });
  }
  if (random() < 0.5)
    for (let n = 1 + Math.floor(random() * 2.4); n > 0; n--) yield* assignment(plan, account, t, seen);
}

function* groupEdges(plan: Plan, t: number, j: number): Generator<GraphChange> {
  const { random, local, size } = plan;
  const group = groupNumber(rank(j, local.groups, t, size.tenants));
  const level = levelOf(j, local.groups);
  const seen = new Set<NodeId>([group]);
  if (level < groupLevels - 1 && random() < 0.8) {
    const draw = random();
    for (let n = draw < 0.7 ? 1 : draw < 0.95 ? 2 : 3; n > 0; n--) {
      const upper = random() < 0.85 ? level + 1 : Math.min(groupLevels - 1, level + 2);
      const [start, end] = [levelStart(upper, local.groups), levelStart(upper + 1, local.groups)];
      const parent = start + Math.floor((end - start) * random() ** 1.5);
      const to = groupNumber(rank(parent, local.groups, tenantNear(plan, t), size.tenants));
      if (seen.has(to)) continue;
      seen.add(to);
      yield edge({ kind: 'MEMBER_OF', from: group, to, ...bySource(t) });
      if (random() < 0.002) yield edge({ kind: 'MEMBER_OF', from: to, to: group, ...bySource(t) });
    }
  }
  if (random() < 0.6) for (let n = 1 + Math.floor(random() * 2.2); n > 0; n--) yield* assignment(plan, group, t, seen);
}

function* assignment(plan: Plan, from: NodeId, t: number, seen: Set<NodeId>): Generator<GraphChange> {
  const { random, local } = plan;
  const to = roleNumber(popular(plan, local.roles, tenantNear(plan, t), 2));
  if (seen.has(to)) return;
  seen.add(to);
  const scoped = plan.governed && random() < 0.06;
  yield edge({
    kind: 'ASSIGNED',
    from,
    to,
    scope: scoped ? folderOf(t, Math.floor(random() * foldersPerTenant)) : rootOf(t),
    ...windowOf(plan),
    ...(plan.governed && random() < 0.01 && { condition: { kind: 'opaque', text: 'from a managed device' } }),
    ...bySource(t),
  });
}

function* everyoneDenied(plan: Plan): Generator<GraphChange> {
  const role = roleIdOf(application, undefined, 'never-drop');
  yield node({ kind: 'Role', id: role, application, name: 'never-drop', assignable: true, deprecated: false });
  yield edge({ kind: 'GRANTS', from: role, to: permissionNumber(0), effect: 'DENY', ...byCatalogue });
  for (let t = 0; t < plan.size.tenants; t++)
    yield edge({
      kind: 'ASSIGNED',
      from: everyoneIdOf(tenantNumber(t)),
      to: role,
      scope: folderOf(t, 0),
      ...bySource(t),
    });
}

const byCatalogue = {
  source: asStatementSource('catalogue:application'),
  statedBy: 'CATALOGUE',
  statement: '',
} as const;
const bySource = (t: number) =>
  ({ source: asStatementSource(sourceNumber(t)), statedBy: 'SCIM', statement: '' }) as const;
const node = (of: GraphNode): GraphChange => ({ kind: 'putNode', node: of });
const edge = (of: Edge): GraphChange => ({ kind: 'putEdge', edge: of });

/** In a governed estate one edge in a hundred holds for a year from 2026. */
function windowOf(plan: Plan): { readonly validFrom?: number; readonly validUntil?: number } {
  if (!plan.governed || plan.random() >= 0.01) return {};
  return { validFrom: Date.UTC(2026, 0, 1), validUntil: Date.UTC(2027, Math.floor(plan.random() * 12), 1) };
}

/** Two in a hundred edges cross to another tenant. */
function tenantNear(plan: Plan, t: number): number {
  return plan.random() < 0.02 ? Math.floor(plan.random() * plan.size.tenants) : t;
}

/** A node of tenant `t`, popular ones far more often: rank = count · u^exponent, then scattered. */
function popular(plan: Plan, count: number, t: number, exponent: number): number {
  return rank(Math.floor(count * plan.random() ** exponent), count, t, plan.size.tenants);
}

/** Scatters the ranks of a tenant over its numbers, and the tenants over all numbers. */
function rank(j: number, count: number, t: number, tenants: number): number {
  let multiplier = Math.floor(count * 0.618033) | 1;
  while (greatestCommonDivisor(multiplier, count) !== 1) multiplier += 2;
  return t + tenants * ((j * multiplier + (count >> 1)) % count);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Groups by rank fall into levels of nesting whose sizes shrink by 0.62 a level. */
function levelStart(level: number, count: number): number {
  if (level >= groupLevels) return count;
  return Math.min(count - (groupLevels - level), Math.floor((count * (1 - 0.62 ** level)) / (1 - 0.62 ** groupLevels)));
}

function levelOf(j: number, count: number): number {
  let level = 0;
  while (level < groupLevels - 1 && j >= levelStart(level + 1, count)) level++;
  return level;
}
