import { setImmediate } from 'node:timers/promises';
import type { NodeId } from '../../graph/ids.js';
import { toList } from '../attribute-access.js';
import { type Attributes, type AttributeValue, createAttributes } from '../attribute-value.js';
import { toEntityTag } from '../entity-tag.js';
import type { Member } from '../member.js';
import { valuesReferredTo } from '../referred-values.js';
import { memberOfEdge, memberOfReference, toStoredResource } from '../resource-from-graph.js';
import { type Rendering, renderResource, type StoredResource, toWholeResource } from '../resource-response.js';
import type { ResourceType } from '../schema-registry.js';
import { isSelected, type Selection } from '../selection.js';
import type { Selections } from './answer-selection.js';
import { inTurns } from './in-turns.js';
import { membershipPages, pendingMemberPages } from './membership-pages.js';
import { readReferenced } from './referenced.js';
import { type ResourceVersion, resourceTypeOf } from './resource-node.js';
import type { ScimContext } from './scim-context.js';
import { readMemberships } from './user-groups.js';

/** Which of what lies in edges is wanted. */
export interface EdgeParts {
  readonly members: boolean;
  readonly groups: boolean;
}

/** The resources as their source sees them, in order. */
export async function renderResources(
  context: ScimContext,
  versions: readonly ResourceVersion[],
  selections: Selections,
): Promise<readonly Attributes[]> {
  const shown = (resourceType: ResourceType) => partsShown(selections[resourceType.name], resourceType);
  const stored = await loadResources(context, versions, shown);
  const findReferenced = await loadReferenced(context, stored);
  const { registry, baseUrl } = context;
  return inTurns(stored, (resource) => {
    const selection = selections[resource.resourceType.name];
    return renderInParts(resource, { registry, baseUrl, selection, findReferenced });
  });
}

/** Everything that a filter or an order may ask about, as far as `parts` says. */
export async function readWhole(
  context: ScimContext,
  versions: readonly ResourceVersion[],
  parts: EdgeParts,
): Promise<readonly Attributes[]> {
  const stored = await loadResources(context, versions, () => parts);
  const findReferenced = await loadReferenced(context, stored);
  const { registry, baseUrl } = context;
  return inTurns(stored, (resource) => toWholeResource(resource, { registry, baseUrl, findReferenced }));
}

/** What tells the resources as their source sees them from what it saw before, in order. */
export async function readEntityTags(
  context: ScimContext,
  versions: readonly ResourceVersion[],
): Promise<readonly string[]> {
  const stored = await loadResources(context, versions, () => ({ members: false, groups: false }));
  const findReferenced = await loadReferenced(context, stored);
  return stored.map((resource) => toEntityTag(resource, { findReferenced }));
}

/** All members: those that are there by id of their edges, then those that have not arrived. */
export async function readMembers(context: ScimContext, group: NodeId): Promise<readonly Member[]> {
  const members: Member[] = [];
  for await (const edges of membershipPages(context, group, 'to'))
    members.push(...edges.map(({ edge }) => memberOfEdge(edge)));
  for await (const references of pendingMemberPages(context, group)) members.push(...references.map(memberOfReference));
  return members;
}

/** What an answer with this selection shows of edges: what nobody will see is never read. */
function partsShown(selection: Selection, { attributes }: ResourceType): EdgeParts {
  const shows = (name: string) => {
    const definition = attributes.get(name);
    return definition !== undefined && isSelected(selection, definition);
  };
  return { members: shows('members'), groups: shows('groups') };
}

async function loadResources(
  context: ScimContext,
  versions: readonly ResourceVersion[],
  partsOf: (resourceType: ResourceType) => EdgeParts,
): Promise<readonly StoredResource[]> {
  return inTurns(versions, async (version) => {
    const { node } = version;
    const resourceType = resourceTypeOf(context.registry, node);
    const { members, groups } = partsOf(resourceType);
    return {
      ...toStoredResource(version, resourceType),
      ...(node.kind === 'Group' && members && { members: await readMembers(context, node.id) }),
      ...(node.kind === 'Account' && groups && { groups: await readMemberships(context, node.id) }),
    };
  });
}

/** Members that are rendered without a pause. */
const membersPerTurn = 1_000;

/** The resource as its client sees it; between parts of a long list of members others get their turn. */
async function renderInParts(stored: StoredResource, rendering: Rendering): Promise<Attributes> {
  const { members = [] } = stored;
  if (members.length <= membersPerTurn) return renderResource(stored, rendering);
  const { attributes, ...empty } = stored;
  const shown: AttributeValue[] = [];
  for (let at = 0; at < members.length; at += membersPerTurn) {
    const part = { ...empty, attributes: createAttributes(), members: members.slice(at, at + membersPerTurn) };
    shown.push(...toList(renderResource(part, rendering).members));
    await setImmediate();
  }
  const whole = renderResource({ ...empty, attributes, members: [] }, rendering);
  return createAttributes([...Object.entries(whole), ['members', shown]]);
}

/** What is named in attributes and members. */
function loadReferenced(context: ScimContext, stored: readonly StoredResource[]) {
  return readReferenced(context, {
    names: stored.flatMap(({ attributes, resourceType }) => valuesReferredTo(attributes, resourceType)),
    ids: stored.flatMap(({ members = [] }) => members.map(({ value }) => value)),
  });
}
