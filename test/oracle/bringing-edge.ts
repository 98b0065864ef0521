import type { InheritancePath } from '../../src/access/access-engine.js';
import type { NodeId } from '../../src/graph/ids.js';
import type { Link } from './moment.js';
import type { Search } from './reach.js';
import type { SimplePath } from './simple-paths.js';

/** Section 4: what the owner of the path must decide about. */
export function bringingEdgeOf(
  search: Search,
  path: SimplePath,
  justified: readonly NodeId[] | undefined,
): Pick<InheritancePath, 'bringingEdge' | 'structural' | 'cuttingMayGive'> {
  const useful =
    justified &&
    leadingTo(
      search,
      justified.filter((permission) => permission !== path.permission),
    );
  const place = path.links.findIndex(({ id, edge }) => {
    if (id === undefined || edge.kind === 'HAS_ACCOUNT') return false;
    if (useful) return !useful.has(edge.to);
    return edge.kind === 'MEMBER_OF' || edge.kind === 'ASSIGNED' || edge.kind === 'CAN_ACT_AS';
  });
  if (place < 0) return {};
  return {
    bringingEdge: place,
    ...(useful ? {} : { structural: true }),
    ...(reachesDeny(search, (path.links[place] as Link).edge.to) ? { cuttingMayGive: true } : {}),
  };
}

/** Nodes from which live allowing edges lead to one of the permissions. */
function leadingTo(search: Search, permissions: readonly NodeId[]): ReadonlySet<NodeId> {
  const leading = new Set(permissions);
  for (let before = -1; before !== leading.size; ) {
    before = leading.size;
    for (const link of allowing(search)) if (leading.has(link.edge.to)) leading.add(link.edge.from);
  }
  return leading;
}

function reachesDeny(search: Search, start: NodeId): boolean {
  const reached = new Set([start]);
  for (let before = -1; before !== reached.size; ) {
    before = reached.size;
    for (const link of allowing(search)) if (reached.has(link.edge.from)) reached.add(link.edge.to);
  }
  return search.moment.links.some(
    (link) =>
      'effect' in link.edge && link.edge.effect === 'DENY' && reached.has(link.edge.from) && search.passes(link),
  );
}

function allowing(search: Search): readonly Link[] {
  return search.moment.links.filter(
    (link) =>
      !['OWNS', 'CONTAINS'].includes(link.edge.kind) &&
      !('effect' in link.edge && link.edge.effect === 'DENY') &&
      search.passes(link),
  );
}
