import type { GraphEffect } from '../../graph/change.js';
import type { EdgeVersion } from '../../graph/edge.js';
import type { GraphNode, NodeVersion } from '../../graph/node.js';
import { invariant } from '../../kernel/assert.js';
import type { Instant } from '../../kernel/clock.js';
import type { BareEdgeVersion, Neighbourhood, PrincipalNode } from '../../store/neighbourhood.js';
import { createCalendar } from './calendar.js';
import { buildEdgeLinks, type EdgeLinks } from './edge-links.js';
import { kindNumber, noKind } from './edge-table.js';
import { createGraphBanks, type GraphBanks } from './graph-banks.js';
import { INNER_KIND, none } from './node-bank.js';
import { EDGE_STOP, EDGE_TRAIT, NODE_STOP } from './stops.js';

/**
 * The open graph at one revision and one instant, in arrays. An edge is live when its `stops` are 0 (then it lies in the
 * hot lists of `links`) and the `stops` of both ends are 0. Memberships of everyone are derived: `everyoneOf`.
 * Synchronous; nothing else may change it.
 */
export interface AccessGraph extends GraphBanks {
  readonly links: EdgeLinks;
  readonly at: Instant;
  /** Applies a commit's effects in their order. An error leaves the graph useless: drop it. */
  apply(effects: readonly GraphEffect[]): void;
  /** Exactly undoes `apply` of the same effects, if it was the last. */
  revert(effects: readonly GraphEffect[]): void;
  /**
   * Calls `use` with a part added whose nodes the graph does not hold, and takes it out again without a trace: nodes that
   * came with it leave no number behind. The ends and scopes of its edges must be in the part or in the graph.
   */
  visit<Result>(part: Neighbourhood, use: () => Result): Result;
  /** Judges windows and expiries at another instant, earlier or later. */
  moveTo(at: Instant): void;
  /** The next instant at which an edge or identity changes by itself; absent: never. */
  nextChange(): Instant | undefined;
  /** Nodes that have changed by themselves since then: identities, and those from which an edge leads that has; perhaps more, and some again. */
  eachChangeSince(since: Instant, visit: (node: number) => void): void;
  /** The virtual group of the node's tenant, of which the identity is a derived member; `none`: there is none. */
  everyoneOf(identity: number): number;
}

/** Over banks that are filled already, or empty ones. */
export function createAccessGraph(banks: GraphBanks = createGraphBanks()): AccessGraph {
  const { nodes, edges } = banks;
  const calendar = createCalendar(changesAt);
  let at: Instant = 0;
  for (const identity of banks.expiry.keys()) judgeIdentity(identity);
  for (let row = 0; row < edges.count; row++) if (edges.kinds[row] !== noKind) edges.stops[row] = judged(row);
  const links = buildEdgeLinks(edges);

  return {
    ...banks,
    links,
    get at() {
      return at;
    },
    apply(effects) {
      for (const effect of effects) applyOne(effect);
    },
    revert(effects) {
      for (const effect of effects.toReversed()) applyOne(inverse(effect));
    },
    visit(part, use) {
      const forget = [banks.mark(), calendar.mark()];
      for (const node of part.nodes) putNode(node);
      const rows = part.edges.map(openEdge);
      try {
        return use();
      } finally {
        for (const row of rows) closeRow(row);
        for (const node of part.nodes) banks.removeNode(node);
        for (const each of forget) each();
      }
    },
    moveTo(instant) {
      const before = at;
      at = instant;
      calendar.between(before, instant, (subject) => (subject < 0 ? judgeIdentity(-subject - 1) : relink(subject)));
    },
    nextChange: () => calendar.nextAfter(at),
    eachChangeSince(since, visit) {
      calendar.between(since, at, (subject) => {
        if (subject < 0) visit(-subject - 1);
        else if (edges.kinds[subject] !== noKind) visit(edges.from[subject]!);
      });
    },
    everyoneOf: (identity) => banks.everyone.get(nodes.tenants[identity]!) ?? none,
  };

  function applyOne(effect: GraphEffect): void {
    switch (effect.kind) {
      case 'nodeOpened':
        openNode(effect.version);
        return;
      case 'nodeClosed':
        banks.removeNode(effect.version.node);
        return;
      case 'edgeOpened':
        openEdge(effect.version);
        return;
      case 'edgeClosed':
        closeEdge(effect.version);
        return;
    }
  }

  function openNode({ node }: NodeVersion): void {
    const nested = node.kind === 'Source' && banks.nestingSources.has(banks.sources.find(node.id));
    putNode(node);
    if (node.kind === 'Source' && nested !== (node.nesting === 'TRANSITIVE'))
      relinkNestings(banks.sources.find(node.id));
  }

  function putNode(node: GraphNode | PrincipalNode): void {
    banks.putNode(node);
    if (node.kind === 'Identity' && node.expiresAt !== undefined) judgeIdentity(nodes.find(node.id));
  }

  /** `none` for edges that have no row. */
  function openEdge(version: BareEdgeVersion): number {
    const row = banks.putEdge(version);
    if (row === none) return none;
    edges.stops[row] = judged(row);
    links.link(row);
    return row;
  }

  function closeEdge({ id, edge }: EdgeVersion): void {
    if (edge.kind === 'OWNS') return;
    if (edge.kind === 'CONTAINS') {
      banks.resources.detach(banks.resources.find(edge.from), banks.resources.find(edge.to));
      return;
    }
    const row = edges.find(id);
    invariant(row !== none, `edge ${id} is closed but not open`);
    closeRow(row);
  }

  function closeRow(row: number): void {
    if (row === none) return;
    links.unlink(row);
    edges.remove(row);
  }

  function judgeIdentity(identity: number): void {
    const expiresAt = banks.expiry.get(identity);
    if (expiresAt === undefined) return;
    calendar.add(expiresAt, -identity - 1);
    if (expiresAt <= at) nodes.stops[identity]! |= NODE_STOP.EXPIRED;
    else nodes.stops[identity]! &= ~NODE_STOP.EXPIRED;
  }

  function relink(row: number): void {
    if (edges.kinds[row] === noKind) return;
    const stops = judged(row);
    if (stops === edges.stops[row]) return;
    links.unlink(row);
    edges.stops[row] = stops;
    links.link(row);
  }

  function relinkNestings(source: number): void {
    for (let row = 0; row < edges.count; row++)
      if (edges.kinds[row] === kindNumber.MEMBER_OF && nodes.owners[edges.to[row]!] === source) relink(row);
  }

  /** The row's `EDGE_STOP` bits at the graph's instant; enters its window in the calendar. */
  function judged(row: number): number {
    const { validFrom, validUntil } = edges.detailOf(row);
    let stops = edges.traits[row]! & EDGE_TRAIT.ELIGIBLE ? EDGE_STOP.ELIGIBLE : 0;
    if (validFrom !== undefined) calendar.add(validFrom, row);
    if (validUntil !== undefined) calendar.add(validUntil, row);
    if (validFrom !== undefined && at < validFrom) stops |= EDGE_STOP.NOT_YET_VALID;
    if (validUntil !== undefined && at >= validUntil) stops |= EDGE_STOP.EXPIRED;
    if (edges.kinds[row] === kindNumber.MEMBER_OF && isStoppedNesting(edges.from[row]!, edges.to[row]!))
      stops |= EDGE_STOP.NESTING;
    return stops;
  }

  function isStoppedNesting(member: number, group: number): boolean {
    if (nodes.kinds[member] !== INNER_KIND.Group) return false;
    const nestsNowhere = nodes.owners[member] === none;
    return nestsNowhere || !banks.nestingSources.has(nodes.owners[group]!);
  }

  function changesAt(subject: number, instant: Instant): boolean {
    if (subject < 0) return banks.expiry.get(-subject - 1) === instant;
    const { validFrom, validUntil } = edges.detailOf(subject);
    return edges.kinds[subject] !== noKind && (validFrom === instant || validUntil === instant);
  }
}

function inverse(effect: GraphEffect): GraphEffect {
  switch (effect.kind) {
    case 'nodeOpened':
      return { kind: 'nodeClosed', version: { ...effect.version, until: effect.version.stamps.since } };
    case 'nodeClosed':
      return { kind: 'nodeOpened', version: effect.version };
    case 'edgeOpened':
      return { kind: 'edgeClosed', version: { ...effect.version, until: effect.version.since } };
    case 'edgeClosed':
      return { kind: 'edgeOpened', version: effect.version };
  }
}
