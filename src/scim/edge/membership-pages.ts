import { setImmediate } from 'node:timers/promises';
import type { EdgeVersion } from '../../graph/edge.js';
import { asNodeId, type EdgeId, type NodeId } from '../../graph/ids.js';
import type { NodeVersion, Reference } from '../../graph/node.js';
import { maxIdsPerCall, maxPageSize } from '../../store/graph-store.js';
import type { ScimContext } from './scim-context.js';

/** The open ones of them, however many are asked for. */
export async function readNodes(
  { services: { store }, scope }: ScimContext,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NodeVersion>> {
  const found = new Map<string, NodeVersion>();
  for (let at = 0; at < ids.length; at += maxIdsPerCall) {
    const page = ids.slice(at, at + maxIdsPerCall).map(asNodeId);
    for (const version of await store.nodesByIds(scope, page)) if (version) found.set(version.node.id, version);
    if (ids.length > maxIdsPerCall) await setImmediate();
  }
  return found;
}

/** Page after page of the memberships that the source states; between two of them others get their turn. */
export async function* membershipPages(
  { services: { store }, scope }: ScimContext,
  node: NodeId,
  end: 'from' | 'to',
): AsyncIterable<readonly EdgeVersion[]> {
  let after: EdgeId | undefined;
  do {
    const query = { node, end, kind: 'MEMBER_OF', limit: maxPageSize, ...(after !== undefined && { after }) } as const;
    const page = await store.edgesOf(scope, query);
    yield page.items;
    after = page.next === undefined ? undefined : page.items.at(-1)?.id;
    if (after !== undefined) await setImmediate();
  } while (after !== undefined);
}

/** Page after page of the memberships of a group whose members have not arrived. */
export async function* pendingMemberPages(
  { services: { store }, scope }: ScimContext,
  group: NodeId,
): AsyncIterable<readonly Reference[]> {
  const where = { kind: 'field', field: 'holder', operator: 'EQUALS', value: group } as const;
  let after: string | undefined;
  do {
    const position = after === undefined ? {} : { after };
    const page = await store.list(scope, { kind: 'PendingReference', where, limit: maxPageSize, ...position });
    yield page.items.flatMap(({ node: { reference } }) => (reference.edge.kind === 'MEMBER_OF' ? [reference] : []));
    after = page.next;
    if (after !== undefined) await setImmediate();
  } while (after !== undefined);
}
