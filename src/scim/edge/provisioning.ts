import { randomUUID } from 'node:crypto';
import { asNodeId, type NodeId } from '../../graph/ids.js';
import type { AccountNode, GroupNode, NodeVersion } from '../../graph/node.js';
import type { Attributes } from '../attribute-value.js';
import { createReader } from '../dialect.js';
import type { Member } from '../member.js';
import type { MemberDelta } from '../member-delta.js';
import { checkType } from '../non-human-values.js';
import { applyPatch } from '../patch.js';
import { parsePatchRequest } from '../patch-request.js';
import { fromReadBack } from '../read-back.js';
import { parseResource } from '../resource-document.js';
import { toAttributes } from '../resource-from-graph.js';
import { checkImmutable } from '../resource-rules.js';
import type { ResourceType } from '../schema-registry.js';
import { sayingActive } from '../user-to-graph.js';
import { changeMembersInParts, changingMembers, needsParts, toDifference } from './member-parts.js';
import { planGroup } from './plan-group.js';
import { planUser } from './plan-user.js';
import { checkWritable, type EntityTags, type Preconditions, requireIfMatch } from './precondition.js';
import { reclassifyMembers } from './reclassify-members.js';
import { getResource, notFound, type ResourceVersion } from './resource-node.js';
import { readWhole } from './resource-reader.js';
import type { ScimContext } from './scim-context.js';
import { sourceRefOf, versionOf, type WriteName, type WritePlan, write } from './write-plan.js';

/** Which resource is written, and which version of it the client knows or rules out. */
export interface Target extends Preconditions {
  readonly resourceType: ResourceType;
  readonly id: string;
}

/** A new id of that type: opaque, never used again. */
export function createResourceId({ name }: ResourceType): NodeId {
  return asNodeId(`${name === 'User' ? 'usr' : 'grp'}.${randomUUID()}`);
}

/** Makes the resource of a body (RFC 7644 §3.3). Rejects `uniqueness` where a name is taken. */
export async function createResource(
  context: ScimContext,
  { resourceType, id }: Pick<Target, 'resourceType' | 'id'>,
  body: unknown,
): Promise<ResourceVersion> {
  const { attributes, members = [] } = parseResource(body, context.reader(resourceType));
  const delta: MemberDelta = members.length === 0 ? { kind: 'none' } : { kind: 'keyed', add: members, remove: [] };
  const wanted = { resourceType, attributes: sayingAll(attributes, resourceType), members: delta };
  return writeDocument(context, { name: 'create', id: asNodeId(id) }, async () => wanted);
}

/** Makes the resource say what the body says and no more (RFC 7644 §3.5.1); never creates. */
export async function replaceResource(context: ScimContext, target: Target, body: unknown): Promise<ResourceVersion> {
  requireIfMatch(target.ifMatch, context.settings.requireIfMatch);
  const { resourceType } = target;
  const { attributes, members } = parseResource(body, context.reader(resourceType));
  return writeDocument(context, { name: 'replace', id: asNodeId(target.id), ifMatch: target.ifMatch }, async () => {
    const before = await getTarget(context, target);
    const stored = toAttributes(before.node);
    const said = fromReadBack(attributes, { stored, shown: await readShown(context, before, resourceType) });
    checkImmutable(stored, said, resourceType);
    const whole = sayingAll(said, resourceType, before);
    return { resourceType, attributes: whole, members: toReplacement(context, members), before };
  });
}

/** Applies the operations of a body in order, all or none (RFC 7644 §3.5.2). */
export async function patchResource(context: ScimContext, target: Target, body: unknown): Promise<ResourceVersion> {
  requireIfMatch(target.ifMatch, context.settings.requireIfMatch);
  const { resourceType, id } = target;
  const reader = context.reader(resourceType);
  const operations = parsePatchRequest(body, reader);
  return writeDocument(context, { name: 'patch', id: asNodeId(id), ifMatch: target.ifMatch }, async () => {
    const before = await getTarget(context, target);
    const { attributes, members } = applyPatch({ id, attributes: toAttributes(before.node), operations, reader });
    return { resourceType, attributes, members, before };
  });
}

/** What a resource is to be. */
interface WantedDocument {
  readonly resourceType: ResourceType;
  readonly attributes: Attributes;
  readonly members: MemberDelta;
  readonly before?: ResourceVersion;
}

/** A body says how active a user is, even where it does not mention it. */
function sayingAll(attributes: Attributes, { name }: ResourceType, before?: ResourceVersion): Attributes {
  if (name !== 'User') return attributes;
  return sayingActive(attributes, before && (before.node as AccountNode));
}

/** What a body holds that is an answer of ours sent back. Members are compared where they are kept. */
async function readShown(
  context: ScimContext,
  version: ResourceVersion,
  resourceType: ResourceType,
): Promise<Attributes> {
  const [shown] = await readWhole(context, [version], { members: false, groups: false });
  const { dialect, limits } = context.reader(resourceType);
  return parseResource(shown, createReader({ resourceType, dialect, limits })).attributes;
}

/**
 * A body without members empties the group where answers show members, so that whoever read it saw them; else it
 * says nothing about them.
 */
function toReplacement({ settings }: ScimContext, members: readonly Member[] | undefined): MemberDelta {
  if (members === undefined && !settings.membersInResponses) return { kind: 'none' };
  return { kind: 'whole', members: members ?? [] };
}

/** Rejects NOT_FOUND, and VERSION_MISMATCH where the client knows another version or rules out this one. */
export async function getTarget(context: ScimContext, target: Target): Promise<ResourceVersion> {
  const before = await getResource(context, target.resourceType, target.id);
  checkWritable(target, before.stamps.version);
  return before;
}

async function writeDocument(
  context: ScimContext,
  { name, id, ifMatch }: { readonly name: WriteName; readonly id: NodeId; readonly ifMatch?: EntityTags },
  want: () => Promise<WantedDocument>,
): Promise<ResourceVersion> {
  const sourceRef = sourceRefOf(context, name);
  let large: Parameters<typeof changeMembersInParts>[1]['delta'] | undefined;
  const plan = async (): Promise<WritePlan> => {
    const { resourceType, attributes, members, before } = await want();
    if (resourceType.name === 'User') {
      const account = before as NodeVersion<AccountNode> | undefined;
      checkType(attributes, account && toAttributes(account.node));
      return bound(await planUser(context, { id, attributes, sourceRef }, account), ifMatch);
    }
    const delta = await toDifference(context, id, members);
    large = needsParts(context, delta) ? delta : undefined;
    const group = before as NodeVersion<GroupNode> | undefined;
    // Whoever says who all members are finishes what was cut off.
    const cutOff = members.kind === 'whole' ? undefined : group?.node.changing;
    const changing = large ? changingMembers : cutOff;
    const wanted = { id, attributes, sourceRef, members: large ? ({ kind: 'none' } as const) : delta };
    const planned = await planGroup(context, { ...wanted, ...(changing !== undefined && { changing }) }, group);
    return bound(planned, delta === members ? ifMatch : '*');
  };
  const { version, stored } = await write(context, { name, id, plan });
  if (!version) throw notFound(id);
  await reclassifyMembers(context, stored);
  return large ? changeMembersInParts(context, { name, group: id, delta: large }) : version;
}

/** A client that names a version, even any, writes to the version that was read and no other. */
function bound(plan: WritePlan, ifMatch: EntityTags): WritePlan {
  if (ifMatch === undefined || !plan.before) return plan;
  return { ...plan, expectations: [versionOf(plan.before.node.id, plan.before.stamps.version)] };
}
