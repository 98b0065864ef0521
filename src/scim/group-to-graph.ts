import type { GraphChange } from '../graph/change.js';
import { edgeIdOf } from '../graph/edge.js';
import { asStatementSource, type EdgeId, type NodeId } from '../graph/ids.js';
import type { GroupNode, Reference, SourceNode } from '../graph/node.js';
import type { Attributes } from './attribute-value.js';
import type { Member } from './member.js';
import type { MemberDelta } from './member-delta.js';
import { toJson } from './user-to-graph.js';

/** The group of a SCIM Group; its members are edges. */
export function toGroup({
  id,
  source,
  attributes,
}: {
  readonly id: NodeId;
  readonly source: SourceNode;
  readonly attributes: Attributes;
}): GroupNode {
  const { displayName, externalId } = attributes;
  return {
    kind: 'Group',
    id,
    tenant: source.tenant,
    source: source.id,
    displayName: typeof displayName === 'string' ? displayName : '',
    ...(typeof externalId === 'string' && { externalId }),
    active: true,
    ...(source.groupNamesUnique && { claimsDisplayName: true }),
    attributes: toJson(attributes),
  };
}

/** Which group, who states it, and what made it so. */
export interface MembershipToGraph {
  readonly group: NodeId;
  readonly source: NodeId;
  readonly sourceRef: string;
}

const statement = 'member';

/** The edge of a member that is there. */
export function memberEdgeIdOf(member: NodeId, group: NodeId, source: NodeId): EdgeId {
  const stated = { source: asStatementSource(source), statedBy: 'SCIM', statement } as const;
  return edgeIdOf({ kind: 'MEMBER_OF', from: member, to: group, ...stated });
}

/** `(:Account|:Group)-[:MEMBER_OF]->(:Group)`, the member named as the client named it. One fact a member and source. */
function toMemberReference(
  { value, type, display }: Member,
  { group, source, sourceRef }: MembershipToGraph,
): Reference {
  const shown = display === undefined ? {} : { display };
  const typed = type === undefined ? {} : { type };
  const edge = {
    kind: 'MEMBER_OF',
    source: asStatementSource(source),
    statedBy: 'SCIM',
    statement,
    sourceRef,
    ...shown,
  } as const;
  return { holder: group, holderEnd: 'to', target: { kind: 'principal', source, value }, edge, ...shown, ...typed };
}

/** One change a named member, or one for all where the request says who the members are. No list of members is needed. */
export function toMemberChanges(
  delta: Exclude<MemberDelta, { readonly kind: 'filtered' }>,
  membership: MembershipToGraph,
): readonly GraphChange[] {
  switch (delta.kind) {
    case 'none':
      return [];
    case 'keyed':
      return [
        ...delta.remove.map((value) => toReferenceChange('closeReference', { value }, membership)),
        ...delta.add.map((member) => toReferenceChange('putReference', member, membership)),
      ];
    case 'whole':
      return [
        {
          kind: 'setReferences',
          holder: membership.group,
          holderEnd: 'to',
          edge: 'MEMBER_OF',
          source: asStatementSource(membership.source),
          references: delta.members.map((member) => toMemberReference(member, membership)),
        },
      ];
  }
}

function toReferenceChange(
  kind: 'putReference' | 'closeReference',
  member: Member,
  membership: MembershipToGraph,
): GraphChange {
  return { kind, reference: toMemberReference(member, membership) };
}
