import type { GraphChange } from '../graph/change.js';
import type { Edge, EdgeDraft } from '../graph/edge.js';
import { asStatementSource, hashOf, type NodeId, resourceIdOf } from '../graph/ids.js';
import type { ReferenceTarget } from '../graph/node.js';
import type { SnapshotSetting } from './snapshot-nodes.js';
import type { PrincipalName, SnapshotLineOf, SnapshotRow } from './snapshot-schema.js';

/** One edge to be, with what it is known by: a fact that changes in anything is another fact. */
export interface SnapshotFact {
  readonly statement: string;
  /** Absent: it cannot be written now. */
  readonly change?: GraphChange;
  /** JSON Pointer within the line, to what is unknown where `change` is absent. */
  readonly unknown?: string;
}

/** What a printed name may lead to, for each use of it. */
export const REF_KINDS = {
  member: ['Account', 'Group'],
  holder: ['Identity', 'Group'],
} as const;
export type RefUse = keyof typeof REF_KINDS;
export const refKeyOf = (use: RefUse, ref: string): string => `${use} ${ref}`;

/** The printed names that a row asks for. */
export function refsOf(row: SnapshotRow): readonly { readonly use: RefUse; readonly ref: string }[] {
  const refs = (use: RefUse, names: readonly (PrincipalName | undefined)[]) =>
    names.flatMap((name) => (name?.ref === undefined ? [] : [{ use, ref: name.ref }]));
  switch (row.kind) {
    case 'account':
      return refs(
        'holder',
        row.owners.map((owner) => owner.principal),
      );
    case 'membership':
      return refs('member', [row.member]);
    case 'assignment':
      return refs('holder', [row.principal]);
    case 'actAs':
      return refs('holder', [row.from]);
    default:
      return [];
  }
}

/** The paths of the resources that a row speaks of. */
export function pathsOf(row: SnapshotRow): readonly string[] {
  switch (row.kind) {
    case 'resource':
      return [row.path];
    case 'assignment':
      return [row.scope];
    case 'actAs':
      return [row.at, row.within].filter((path) => path !== undefined);
    default:
      return [];
  }
}

/** The edges that a row states; the nodes and scopes they need are put before. */
export function factsOf(row: SnapshotRow, setting: SnapshotSetting): readonly SnapshotFact[] {
  switch (row.kind) {
    case 'account':
      return row.owners.map(({ principal, ownership }) => {
        // By name alone: an owner may be listed further down.
        const from = endOf(principal, 'holder', { ...setting, own: noneOwn });
        const draft = { kind: 'OWNS', ownership } as const;
        const place = { pointer: '/owners', key: ['owner', row.externalId, JSON.stringify(principal)] };
        return toFact(draft, from, accountEnd(row.externalId, from, setting), { ...place, setting });
      });
    case 'membership': {
      const from = endOf(row.member, 'member', setting);
      const to = { kind: 'node', id: setting.own.get(row.group) as NodeId } as const;
      return [
        toFact({ kind: 'MEMBER_OF', ...windowOf(row) }, from, to, { pointer: '/member', key: keyOf(row), setting }),
      ];
    }
    case 'assignment':
      return [assignmentFact(row, setting)];
    case 'actAs':
      return [actAsFact(row, setting)];
    default:
      return [];
  }
}

const noneOwn: SnapshotSetting['own'] = new Map();

function assignmentFact(row: SnapshotLineOf<'assignment'>, setting: SnapshotSetting): SnapshotFact {
  const { id, condition, approvalRef } = row;
  const draft = {
    kind: 'ASSIGNED',
    scope: scopeOf(row.scope, setting),
    ...windowOf(row),
    ...(id !== undefined && { sourceRef: id }),
    ...(condition !== undefined && { condition }),
    ...(approvalRef !== undefined && { approvalRef }),
  } as const;
  const from = endOf(row.principal, 'holder', setting);
  return toFact(draft, from, roleEnd(row.role, setting), { pointer: '/principal', key: keyOf(row), setting });
}

function actAsFact(row: SnapshotLineOf<'actAs'>, setting: SnapshotSetting): SnapshotFact {
  const { id, effect, mode, at, within } = row;
  const draft = {
    kind: 'CAN_ACT_AS',
    effect,
    mode,
    ...windowOf(row),
    ...(id !== undefined && { sourceRef: id }),
    ...(at !== undefined && { at: scopeOf(at, setting) }),
    ...(within !== undefined && { within: scopeOf(within, setting) }),
  } as const;
  const from = row.from ? endOf(row.from, 'holder', setting) : roleEnd(row.role as string, setting);
  const to = accountEnd(row.to, from, setting);
  return toFact(draft, from, to, { pointer: row.from ? '/from' : '/role', key: keyOf(row), setting });
}

/** One end of an edge: a node, a name that may not have arrived yet, or a printed name of nothing. */
type End =
  | { readonly kind: 'node'; readonly id: NodeId }
  | { readonly kind: 'target'; readonly target: ReferenceTarget }
  | { readonly kind: 'unknown' };

function endOf(name: PrincipalName, use: RefUse, { source, own, sources, refs }: SnapshotSetting): End {
  if (name.ref !== undefined) {
    const id = refs.get(refKeyOf(use, name.ref));
    return id === undefined ? { kind: 'unknown' } : { kind: 'node', id };
  }
  const value = name.externalId as string;
  const id = name.source === undefined ? own.get(value) : undefined;
  if (id !== undefined) return { kind: 'node', id };
  const foreign = name.source === undefined ? source.id : sources.get(name.source);
  return foreign === undefined
    ? { kind: 'unknown' }
    : { kind: 'target', target: { kind: 'principal', source: foreign, value } };
}

function roleEnd(name: string, { application, source, roles }: SnapshotSetting): End {
  const id = roles.get(name);
  if (id !== undefined) return { kind: 'node', id };
  return { kind: 'target', target: { kind: 'role', application, tenant: source.tenant, value: name } };
}

/** An account where an identity is meant stands for its identity: only a reference is read so, at both of its ends. */
function accountEnd(externalId: string, other: End, { source, own }: SnapshotSetting): End {
  if (other.kind === 'target') return { kind: 'node', id: own.get(externalId) as NodeId };
  return { kind: 'target', target: { kind: 'principal', source: source.id, value: externalId } };
}

interface FactPlace {
  readonly pointer: string;
  /** What tells the fact from others of the snapshot. */
  readonly key: readonly string[];
  readonly setting: SnapshotSetting;
}

type DraftFields = EdgeDraft extends infer Draft
  ? Draft extends EdgeDraft
    ? Omit<Draft, 'source' | 'statedBy' | 'statement'>
    : never
  : never;

function toFact(fields: DraftFields, from: End, to: End, { pointer, key, setting }: FactPlace): SnapshotFact {
  const named = [from, to].map((end) => (end.kind === 'node' ? end.id : undefined));
  const statement = hashOf(...key, JSON.stringify(fields), ...named);
  const stated = { source: asStatementSource(setting.source.id), statedBy: 'SNAPSHOT', statement } as const;
  const edge = { ...fields, ...stated } as EdgeDraft;
  if (from.kind === 'node' && to.kind === 'node')
    return { statement, change: { kind: 'putEdge', edge: { ...edge, from: from.id, to: to.id } as Edge } };
  if (from.kind === 'node' && to.kind === 'target')
    return { statement, change: referenceFrom(from.id, 'from', to.target, edge) };
  if (from.kind === 'target' && to.kind === 'node')
    return { statement, change: referenceFrom(to.id, 'to', from.target, edge) };
  return { statement, unknown: pointer };
}

function referenceFrom(
  holder: NodeId,
  holderEnd: 'from' | 'to',
  target: ReferenceTarget,
  edge: EdgeDraft,
): GraphChange {
  return { kind: 'putReference', reference: { holder, holderEnd, target, edge } };
}

function keyOf(row: SnapshotRow): readonly string[] {
  return [row.kind, JSON.stringify(row)];
}

function scopeOf(path: string, { application, source }: SnapshotSetting): NodeId {
  return resourceIdOf(application, source.tenant, path);
}

function windowOf(row: SnapshotLineOf<'membership' | 'assignment' | 'actAs'>) {
  return {
    ...(row.validFrom !== undefined && { validFrom: Date.parse(row.validFrom) }),
    ...(row.validUntil !== undefined && { validUntil: Date.parse(row.validUntil) }),
    ...(row.eligible && { state: 'ELIGIBLE' as const }),
  };
}
