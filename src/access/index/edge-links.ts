import { type Adjacency, buildAdjacency } from './adjacency.js';
import { type EdgeTable, kindNumber, noKind } from './edge-table.js';
import { EDGE_TRAIT } from './stops.js';

/** The lists of both directions. */
export interface Direction {
  readonly out: Adjacency;
  readonly in: Adjacency;
}

/**
 * Adjacency by purpose. Hot lists hold only edges that convey, are active and in their window (`stops === 0`); node
 * states are for the reader to test. What is rare holds edge rows, what is frequent holds the other end itself.
 */
export interface EdgeLinks {
  /** Inner node → inner node: `HAS_ACCOUNT`, `MEMBER_OF`, `ASSIGNED` (to a binding), `INHERITS`; words are inner nodes. */
  readonly inner: Direction;
  /** Role → permission without condition; words are permissions (out) and roles (in). */
  readonly allows: Direction;
  readonly denies: Direction;
  /** Role → permission with a condition or a resource pattern; words are edge rows. */
  readonly conditionalAllows: Direction;
  readonly conditionalDenies: Direction;
  /** `CAN_ACT_AS`; words are edge rows. */
  readonly assume: Direction;
  /** Edges with `stops !== 0`, of any kind; words are edge rows. */
  readonly stopped: Direction;
  link(row: number): void;
  unlink(row: number): void;
}

type Purpose = Exclude<keyof EdgeLinks, 'link' | 'unlink'>;
const purposes = ['inner', 'allows', 'denies', 'conditionalAllows', 'conditionalDenies', 'assume', 'stopped'] as const;
const holdsRows: Record<Purpose, boolean> = {
  inner: false,
  allows: false,
  denies: false,
  conditionalAllows: true,
  conditionalDenies: true,
  assume: true,
  stopped: true,
};

/** Links all rows of the table; lists fit exactly. */
export function buildEdgeLinks(edges: EdgeTable): EdgeLinks {
  const rows = rowsByPurpose(edges);
  const direction = (purpose: Purpose): Direction => {
    const held = holdsRows[purpose];
    const mine = rows[purpose];
    return {
      out: buildAdjacency((emit) => {
        for (const row of mine) emit(edges.from[row]!, held ? row : edges.to[row]!);
      }),
      in: buildAdjacency((emit) => {
        for (const row of mine) emit(edges.to[row]!, held ? row : edges.from[row]!);
      }),
    };
  };
  const lists = Object.fromEntries(purposes.map((purpose) => [purpose, direction(purpose)])) as Record<
    Purpose,
    Direction
  >;
  return {
    ...lists,
    link(row) {
      const purpose = purposeOf(edges, row);
      const held = holdsRows[purpose];
      lists[purpose].out.add(edges.from[row]!, held ? row : edges.to[row]!);
      lists[purpose].in.add(edges.to[row]!, held ? row : edges.from[row]!);
    },
    unlink(row) {
      const purpose = purposeOf(edges, row);
      const held = holdsRows[purpose];
      lists[purpose].out.remove(edges.from[row]!, held ? row : edges.to[row]!);
      lists[purpose].in.remove(edges.to[row]!, held ? row : edges.from[row]!);
    },
  };
}

function rowsByPurpose(edges: EdgeTable): Record<Purpose, Uint32Array> {
  const counts = new Map<Purpose, number>(purposes.map((purpose) => [purpose, 0]));
  for (let row = 0; row < edges.count; row++) {
    if (edges.kinds[row] === noKind) continue;
    const purpose = purposeOf(edges, row);
    counts.set(purpose, counts.get(purpose)! + 1);
  }
  const rows = Object.fromEntries(purposes.map((p) => [p, new Uint32Array(counts.get(p)!)])) as Record<
    Purpose,
    Uint32Array
  >;
  for (let row = edges.count - 1; row >= 0; row--) {
    if (edges.kinds[row] === noKind) continue;
    const purpose = purposeOf(edges, row);
    const place = counts.get(purpose)! - 1;
    counts.set(purpose, place);
    rows[purpose][place] = row;
  }
  return rows;
}

function purposeOf(edges: EdgeTable, row: number): Purpose {
  if (edges.stops[row] !== 0) return 'stopped';
  const kind = edges.kinds[row];
  if (kind === kindNumber.CAN_ACT_AS) return 'assume';
  if (kind !== kindNumber.GRANTS) return 'inner';
  const traits = edges.traits[row]!;
  if (traits & EDGE_TRAIT.CONDITIONAL) return traits & EDGE_TRAIT.DENY ? 'conditionalDenies' : 'conditionalAllows';
  return traits & EDGE_TRAIT.DENY ? 'denies' : 'allows';
}
