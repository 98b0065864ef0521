import type { ResourceType, ResourceTypeName } from '../schema-registry.js';
import { parseSelection, type Selection } from '../selection.js';
import type { ScimContext } from './scim-context.js';

/** Names of attributes, as a request gives them. */
export interface AskedAttributes {
  readonly attributes: readonly string[];
  readonly excludedAttributes: readonly string[];
}

/** What answers show of each resource type. */
export type Selections = Readonly<Record<ResourceTypeName, Selection>>;

export function toSelections(context: ScimContext, asked: AskedAttributes): Selections {
  const { user, group } = context.registry;
  return { User: toSelection(context, user, asked), Group: toSelection(context, group, asked) };
}

/** Members are shown only to those who ask for them where the source says so. */
function toSelection(context: ScimContext, resourceType: ResourceType, asked: AskedAttributes): Selection {
  const selection = parseSelection(asked, context.reader(resourceType));
  if (context.settings.membersInResponses || selection.kind === 'only') return selection;
  const names = selection.kind === 'except' ? selection.names : [];
  return { kind: 'except', names: new Set([...names, 'members']) };
}
