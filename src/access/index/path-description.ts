import { EDGE_KINDS } from '../../graph/edge.js';
import type { NodeId } from '../../graph/ids.js';
import type { InheritancePath, PathHop, PathNode, PathStatus } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { kindNumber } from './edge-table.js';
import { isBinding, roleOf, scopeOf } from './graph-walk.js';
import type { ArcPath } from './local-graph.js';
import { none } from './node-bank.js';
import { type Judgement, scopeOfPath } from './path-judge.js';
import type { WalkArc } from './state-walk.js';
import { EDGE_TRAIT } from './stops.js';

/** Writes paths for one answer: a node of a tenant that the caller may not see is the same stand-in throughout. */
export interface PathWriter {
  write(path: ArcPath, told: { readonly status: PathStatus; readonly overriddenBy?: InheritancePath }): InheritancePath;
  /** The id of an inner node; absent: not the caller's to see. */
  idOf(node: number): NodeId | undefined;
}
/** A node of any kind as far as paths name it. */
interface Place {
  readonly id: NodeId;
  /** `none`: everyone's to see. */
  readonly tenant: number;
}

/** `visible`: tenants whose nodes the caller may see; absent: all. */
export function createPathWriter(graph: AccessGraph, visible?: readonly NodeId[]): PathWriter {
  const { nodes, edges, permissions, resources } = graph;
  const seen = visible && new Set(visible.map((id) => graph.tenants.find(id)));
  const standIns = new Map<NodeId, string>();

  return {
    write: (path, told) => ({
      hops: path.map(writeHop),
      length: path.length,
      scope: write(resourcePlace(scopeOfPath(graph, path))),
      ...told,
    }),
    idOf: (node) => (isVisible(innerPlace(node)) ? nodes.ids[node] : undefined),
  };

  function writeHop(arc: WalkArc): PathHop {
    const { from, to, row } = arc;
    if (row === none) return writeDerived(arc, innerPlace(from.node), innerPlace(to!.node));
    const kind = EDGE_KINDS[edges.kinds[row]!]!;
    const { at, within } = edges.detailOf(row);
    const target = edges.to[row]!;
    const ends = [innerPlace(from.node), kind === 'GRANTS' ? permissionPlace(target) : innerPlace(target)] as const;
    const scope = kind === 'ASSIGNED' ? resourcePlace(scopeOf(graph, target)) : undefined;
    const limits = [at, within].filter((limit) => limit !== undefined).map(resourcePlace);
    const redacted = seen !== undefined && ![...ends, ...(scope ? [scope] : []), ...limits].every(isVisible);
    return {
      ...(!redacted && { id: edges.idOf(row) }),
      kind,
      from: write(ends[0]),
      to: write(ends[1]),
      ...(scope && { scope: write(scope) }),
      ...(at !== undefined && !redacted && { at: resources.ids[at]! }),
      ...(within !== undefined && !redacted && { within: resources.ids[within]! }),
      conditional: (edges.traits[row]! & EDGE_TRAIT.CONDITIONAL) !== 0,
      crossesTenant: crossesTenant(graph, arc),
      redacted,
    };
  }

  function writeDerived(arc: WalkArc, from: Place, to: Place): PathHop {
    return {
      kind: 'MEMBER_OF',
      from: write(from),
      to: write(to),
      conditional: false,
      crossesTenant: crossesTenant(graph, arc),
      redacted: !isVisible(from) || !isVisible(to),
    };
  }

  function write(place: Place): PathNode {
    if (isVisible(place)) return { kind: 'node', id: place.id };
    const id = standIns.get(place.id) ?? `redacted-${standIns.size + 1}`;
    standIns.set(place.id, id);
    return { kind: 'redacted', id };
  }

  function isVisible({ tenant }: Place): boolean {
    return seen === undefined || tenant === none || seen.has(tenant);
  }

  /** A binding stands for its role. */
  function innerPlace(node: number): Place {
    const named = isBinding(graph, node) ? roleOf(graph, node) : node;
    return { id: nodes.ids[named]!, tenant: nodes.tenants[named]! };
  }

  function permissionPlace(permission: number): Place {
    return { id: permissions.ids[permission]!, tenant: none };
  }

  function resourcePlace(resource: number): Place {
    return { id: resources.ids[resource]!, tenant: resources.tenants[resource]! };
  }
}

export function writeJudged(writer: PathWriter, path: ArcPath, { status, overriddenBy }: Judgement): InheritancePath {
  if (!overriddenBy) return writer.write(path, { status });
  return writer.write(path, { status, overriddenBy: writer.write(overriddenBy, { status: 'LIVE' }) });
}

/** The tenants of its ends and its scope differ, as far as they have one. */
export function crossesTenant(graph: AccessGraph, { from, to, row }: WalkArc): boolean {
  const { nodes, edges, resources } = graph;
  const tenants = [nodes.tenants[from.node]!, to ? nodes.tenants[to.node]! : none];
  if (row !== none && edges.kinds[row] === kindNumber.ASSIGNED)
    tenants.push(resources.tenants[scopeOf(graph, edges.to[row]!)]!);
  return new Set(tenants.filter((tenant) => tenant !== none)).size > 1;
}
