import type { NodeId } from '../../src/graph/ids.js';
import type { Moment } from './moment.js';

/** From whom edges that convey lead to one of the nodes, in whatever state the nodes on the way are; by id. */
export function identitiesBefore(moment: Moment, nodes: readonly NodeId[]): readonly NodeId[] {
  const before = new Set(nodes);
  const conveying = moment.links.filter(
    (link) =>
      link.edge.kind !== 'OWNS' &&
      link.edge.kind !== 'CONTAINS' &&
      moment.stopsOf(link).every(({ node }) => node !== undefined),
  );
  for (let size = -1; size !== before.size; ) {
    size = before.size;
    for (const { edge } of conveying) if (before.has(edge.to)) before.add(edge.from);
  }
  return [...before].filter((id) => moment.find('Identity', id)).sort();
}
