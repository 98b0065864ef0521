import { createHash } from 'node:crypto';
import type { Attributes } from './attribute-value.js';
import { type ReferencedResource, valuesReferredTo } from './referred-values.js';
import type { ResourceType } from './schema-registry.js';

/** How much of a digest tells two answers apart. */
const digestCharacters = 12;

/**
 * The entity tag, in the header as in `meta.version` (RFC 7644 §3.14): the resource's own version and, where attributes
 * lead to others (`manager`, `owners`), a digest of what is shown of these, so that an answer which changes has another
 * tag though nobody wrote the resource. What lies in edges is no part of it: a group's version moves with its members.
 */
export function toEntityTag(
  {
    version,
    attributes,
    resourceType,
  }: { readonly version: number; readonly attributes: Attributes; readonly resourceType: ResourceType },
  { findReferenced }: { findReferenced(value: string): ReferencedResource | undefined },
): string {
  const others = valuesReferredTo(attributes, resourceType).flatMap((value) => findReferenced(value) ?? []);
  if (others.length === 0) return `W/"${version}"`;
  const shown = others.map(({ resourceType: type, id, displayName = null }) => [type, id, displayName]);
  const digest = createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, digestCharacters);
  return `W/"${version}-${digest}"`;
}
