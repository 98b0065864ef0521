import type { AccessGraph } from './access-graph.js';
import type { Scratch } from './scratch.js';
import { NODE_STOP } from './stops.js';

export interface RoleSeed {
  readonly role: number;
  /** Edges from the identity to the role. */
  readonly depth: number;
}
/** Roles with all that they inherit, nearest first, and how far from the identity each is. */
export interface RoleClosure {
  readonly roles: readonly number[];
  readonly depths: readonly number[];
}

/** Step 3 of section 3. Breadth first from several seeds, nearest first, at once: a seed waits until its depth is come to. */
export function closeRoles(graph: AccessGraph, scratch: Scratch, seeds: readonly RoleSeed[]): RoleClosure {
  const { words, offsets, lengths } = graph.links.inner.out;
  const { stops } = graph.nodes;
  const epoch = scratch.begin(graph);
  const marks = scratch.innerMarks;
  const roles: number[] = [];
  const depths: number[] = [];
  for (let head = 0, seed = 0; head < roles.length || seed < seeds.length; ) {
    const next = seeds[seed];
    if (next !== undefined && (head === roles.length || next.depth <= depths[head]!)) {
      seed++;
      add(next.role, next.depth);
      continue;
    }
    const role = roles[head]!;
    const depth = depths[head++]! + 1;
    const end = (offsets[role] ?? 0) + (lengths[role] ?? 0);
    for (let i = offsets[role] ?? 0; i < end; i++) add(words[i]!, depth);
  }
  return { roles, depths };

  function add(role: number, depth: number): void {
    if (marks[role] === epoch || (stops[role]! & NODE_STOP.ABSENT) !== 0) return;
    marks[role] = epoch;
    roles.push(role);
    depths.push(depth);
  }
}

/**
 * All that the role inherits, in no order, as the first of `scratch.waiting`: told how many. Without depths and lists of its
 * own, since it is asked of every role that is bound where a page has rows.
 */
export function inheritedRoles(graph: AccessGraph, scratch: Scratch, role: number): number {
  const { words, offsets, lengths } = graph.links.inner.out;
  const { stops } = graph.nodes;
  const epoch = scratch.begin(graph);
  const { innerMarks: marks, waiting: found } = scratch;
  marks[role] = epoch;
  let count = 0;
  for (let next = role, head = 0; ; next = found[head++]!) {
    const end = (offsets[next] ?? 0) + (lengths[next] ?? 0);
    for (let i = offsets[next] ?? 0; i < end; i++) {
      const junior = words[i]!;
      if (marks[junior] === epoch || (stops[junior]! & NODE_STOP.ABSENT) !== 0) continue;
      marks[junior] = epoch;
      found[count++] = junior;
    }
    if (head === count) return count;
  }
}
