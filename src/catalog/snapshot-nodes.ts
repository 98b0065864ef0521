import { asNodeId, hashOf, type NodeId } from '../graph/ids.js';
import type { AccountNode, GroupNode, JsonObject, SourceNode } from '../graph/node.js';
import type { SnapshotLineOf } from './snapshot-schema.js';

/** What a snapshot's names stand for. */
export interface SnapshotSetting {
  readonly source: SourceNode;
  readonly application: NodeId;
  /** This snapshot's accounts and groups by externalId. */
  readonly own: ReadonlyMap<string, NodeId>;
  /** Sources of the tenant by slug. */
  readonly sources: ReadonlyMap<string, NodeId>;
  /** Printed names, by `refKeyOf`; absent: it names nothing. */
  readonly refs: ReadonlyMap<string, NodeId>;
  /** Roles that are there, by name. */
  readonly roles: ReadonlyMap<string, NodeId>;
}

export const snapshotAccountIdOf = (source: NodeId, externalId: string): NodeId =>
  asNodeId(`acc.${hashOf('account', source, externalId)}`);
export const snapshotGroupIdOf = (source: NodeId, externalId: string): NodeId =>
  asNodeId(`grp.${hashOf('group', source, externalId)}`);

/** `held`: as it is now; what a snapshot does not know of stays. */
export function accountNode(
  row: SnapshotLineOf<'account'>,
  setting: SnapshotSetting,
  held: AccountNode | undefined,
): AccountNode {
  const { source } = setting;
  const { externalId, userName, displayName, active, type, employeeNumber, emails, purpose, environments } = row;
  return {
    kind: 'Account',
    id: setting.own.get(externalId) as NodeId,
    tenant: source.tenant,
    source: source.id,
    userName,
    externalId,
    ...(displayName !== undefined && { displayName }),
    active,
    type,
    ...(employeeNumber !== undefined && { employeeNumber }),
    ...(emails?.[0] !== undefined && { primaryEmail: emails[0], emails }),
    ...(purpose !== undefined && { purpose }),
    ...(environments !== undefined && { environments }),
    ...(row.expiresAt !== undefined && { expiresAt: Date.parse(row.expiresAt) }),
    ...(held?.link !== undefined && { link: held.link }),
    ...(source.externalIdsUnique && { claimsExternalId: true }),
    attributes: { ...held?.attributes, ...userAttributes(row) },
  };
}

/** RFC 7643 section 4.1, as far as a snapshot says. */
function userAttributes({ externalId, userName, displayName, active, emails }: SnapshotLineOf<'account'>): JsonObject {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    externalId,
    userName,
    ...(displayName !== undefined && { displayName }),
    active,
    ...(emails !== undefined && { emails: emails.map((value, at) => ({ value, primary: at === 0 })) }),
  };
}

export function groupNode(
  row: SnapshotLineOf<'group'>,
  { source, own }: SnapshotSetting,
  held: GroupNode | undefined,
): GroupNode {
  const { externalId, displayName, active } = row;
  return {
    kind: 'Group',
    id: own.get(externalId) as NodeId,
    tenant: source.tenant,
    source: source.id,
    displayName,
    externalId,
    active,
    ...(source.groupNamesUnique && { claimsDisplayName: true }),
    ...(held?.changing !== undefined && { changing: held.changing }),
    attributes: {
      ...held?.attributes,
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      externalId,
      displayName,
    },
  };
}
