import { EDGE_KINDS } from '../../graph/edge.js';
import type { NodeId } from '../../graph/ids.js';
import type { InheritancePath, PathHop, PathNode, PathStatus } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { type EdgeDetail, kindNumber } from './edge-table.js';
import { scopeOf } from './graph-walk.js';
import type { ArcPath } from './local-graph.js';
import { none } from './node-bank.js';
import { type Judgement, scopeOfPath } from './path-judge.js';
import type { WalkArc } from './state-walk.js';
import { EDGE_TRAIT } from './stops.js';
import type { Writable } from './typed-columns.js';

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
  const written = new Map<WalkArc, PathHop>();

  return {
    write: (path, told) => ({
      hops: path.map(hopOf),
      length: path.length,
      scope: write(resourcePlace(scopeOfPath(graph, path))),
      ...told,
    }),
    idOf: (node) => (isVisible(innerPlace(node)) ? nodes.ids[node] : undefined),
  };

  /** Paths of one answer have most of their hops in common. */
  function hopOf(arc: WalkArc): PathHop {
    const hop = written.get(arc) ?? writeHop(arc);
    written.set(arc, hop);
    return hop;
  }

  function writeHop(arc: WalkArc): PathHop {
    const { from, to, row } = arc;
    const kind = row === none ? 'MEMBER_OF' : EDGE_KINDS[edges.kinds[row]!]!;
    const ends = [innerPlace(from.node), to ? innerPlace(to.node) : permissionPlace(edges.to[row]!)] as const;
    const scope = kind === 'ASSIGNED' ? resourcePlace(scopeOf(graph, edges.to[row]!)) : undefined;
    const { at, within } = kind === 'CAN_ACT_AS' ? edges.detailOf(row) : unlimited;
    const redacted = seen !== undefined && ![...ends, ...placesOf(scope, at, within)].every(isVisible);
    const hop: Writable<PathHop> = {
      kind,
      from: write(ends[0]),
      to: write(ends[1]),
      conditional: row !== none && (edges.traits[row]! & EDGE_TRAIT.CONDITIONAL) !== 0,
      crossesTenant: crossesTenant(graph, arc),
      redacted,
    };
    if (scope) hop.scope = write(scope);
    if (redacted) return hop;
    if (row !== none) hop.id = edges.idOf(row);
    if (at !== undefined) hop.at = resources.ids[at]!;
    if (within !== undefined) hop.within = resources.ids[within]!;
    return hop;
  }

  function placesOf(scope: Place | undefined, ...limits: readonly (number | undefined)[]): readonly Place[] {
    const places = limits.filter((limit) => limit !== undefined).map(resourcePlace);
    return scope ? [scope, ...places] : places;
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

  function innerPlace(node: number): Place {
    return { id: nodes.ids[node]!, tenant: nodes.tenants[node]! };
  }

  function permissionPlace(permission: number): Place {
    return { id: permissions.ids[permission]!, tenant: none };
  }

  function resourcePlace(resource: number): Place {
    return { id: resources.ids[resource]!, tenant: resources.tenants[resource]! };
  }
}

const unlimited: EdgeDetail = {};

export function writeJudged(writer: PathWriter, path: ArcPath, { status, overriddenBy }: Judgement): InheritancePath {
  if (!overriddenBy) return writer.write(path, { status });
  return writer.write(path, { status, overriddenBy: writer.write(overriddenBy, { status: 'LIVE' }) });
}

/** The tenants of its ends and its scope differ, as far as they have one. */
export function crossesTenant(graph: AccessGraph, { from, to, row }: WalkArc): boolean {
  const { nodes, edges, resources } = graph;
  const own = nodes.tenants[from.node]!;
  const other = to ? nodes.tenants[to.node]! : none;
  const isAssigned = row !== none && edges.kinds[row] === kindNumber.ASSIGNED;
  const scope = isAssigned ? resources.tenants[scopeOf(graph, edges.to[row]!)]! : none;
  return differ(own, other) || differ(own, scope) || differ(other, scope);
}

const differ = (a: number, b: number) => a !== none && b !== none && a !== b;
