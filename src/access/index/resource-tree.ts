import type { ResourcePattern } from '../../graph/condition.js';
import type { NodeId } from '../../graph/ids.js';
import type { ResourceNode } from '../../graph/node.js';
import { type Place, placeOf } from '../../graph/resource-pattern.js';
import { createIdRanks } from './id-ranks.js';
import { none } from './node-bank.js';
import { type Writable, widened } from './typed-columns.js';

/** Resources by dense number, and who contains whom. Numbers are never reused. */
export interface ResourceTree {
  readonly count: number;
  readonly ids: readonly NodeId[];
  readonly paths: readonly string[];
  readonly open: Uint8Array;
  readonly applications: Int32Array;
  readonly tenants: Int32Array;
  readonly parents: Int32Array;
  find(id: NodeId): number;
  put(node: ResourceNode, application: number, tenant: number): void;
  remove(id: NodeId): void;
  attach(parent: number, child: number): void;
  /** Nothing where the child has another parent by now. */
  detach(parent: number, child: number): void;
  /** The outer one is the inner one or contains it. */
  contains(outer: number, inner: number): boolean;
  /** The resource itself, then its parent, up to its root. */
  ancestors(resource: number): readonly number[];
  /** Where the resource lies to the pattern; remembered, since the same few are asked of every identity. */
  placeOf(pattern: ResourcePattern, resource: number): Place;
  /** By number, the place of the id in the order of bytes. */
  ranks(): Uint32Array;
}

export function createResourceTree(): ResourceTree {
  const ids: NodeId[] = [];
  const paths: string[] = [];
  const numbers = new Map<NodeId, number>();
  const ranks = createIdRanks();
  let places = new WeakMap<ResourcePattern, Map<number, Place>>();
  let numbering: Numbering | undefined;
  const self: Writable<ResourceTree> = {
    count: 0,
    ids,
    paths,
    open: new Uint8Array(0),
    applications: new Int32Array(0),
    tenants: new Int32Array(0),
    parents: new Int32Array(0),
    find: (id) => numbers.get(id) ?? none,
    put,
    remove(id) {
      const resource = numbers.get(id);
      if (resource !== undefined) self.open[resource] = 0;
    },
    attach(parent, child) {
      self.parents[child] = parent;
      numbering = undefined;
    },
    detach(parent, child) {
      if (self.parents[child] === parent) self.parents[child] = none;
      numbering = undefined;
    },
    contains,
    ancestors,
    placeOf: placeAt,
    ranks: () => ranks.of(ids),
  };
  return self;

  function put(node: ResourceNode, application: number, tenant: number): void {
    const resource = numbers.get(node.id) ?? append(node.id);
    self.open[resource] = 1;
    if (paths[resource] !== node.path) places = new WeakMap();
    paths[resource] = node.path;
    self.applications[resource] = application;
    self.tenants[resource] = tenant;
  }

  function append(id: NodeId): number {
    const resource = self.count++;
    ids.push(id);
    numbers.set(id, resource);
    numbering = undefined;
    self.open = widened(self.open, self.count);
    self.applications = widened(self.applications, self.count);
    self.tenants = widened(self.tenants, self.count);
    self.parents = widened(self.parents, self.count);
    self.parents[resource] = none;
    return resource;
  }

  function placeAt(pattern: ResourcePattern, resource: number): Place {
    let known = places.get(pattern);
    if (known === undefined) {
      known = new Map();
      places.set(pattern, known);
    }
    const remembered = known.get(resource);
    if (remembered !== undefined) return remembered;
    const place = placeOf(pattern, paths[resource]!);
    known.set(resource, place);
    return place;
  }

  function contains(outer: number, inner: number): boolean {
    if (outer === inner) return true;
    numbering ??= numberTree(self.parents, self.count);
    const { entered, left } = numbering;
    return entered[outer]! <= entered[inner]! && entered[inner]! < left[outer]!;
  }

  function ancestors(resource: number): readonly number[] {
    const chain: number[] = [];
    for (let r = resource; r !== none; r = self.parents[r]!) chain.push(r);
    return chain;
  }
}

interface Numbering {
  /** Pre-order number. */
  readonly entered: Uint32Array;
  /** One past the last pre-order number inside. */
  readonly left: Uint32Array;
}

/** Depth-first, from every root. INVARIANT: the parents have no cycle (judged at commit). */
function numberTree(parents: Int32Array, count: number): Numbering {
  const entered = new Uint32Array(count);
  const left = new Uint32Array(count);
  const firstChild = new Int32Array(count).fill(none);
  const nextSibling = new Int32Array(count).fill(none);
  for (let child = count - 1; child >= 0; child--) {
    const parent = parents[child]!;
    if (parent === none) continue;
    nextSibling[child] = firstChild[parent]!;
    firstChild[parent] = child;
  }
  let clock = 0;
  for (let root = 0; root < count; root++) {
    if (parents[root] !== none) continue;
    entered[root] = clock++;
    for (let node = root, down = firstChild[root]!; node !== none; ) {
      if (down !== none) {
        node = down;
        entered[node] = clock++;
        down = firstChild[node]!;
        continue;
      }
      left[node] = clock;
      down = node === root ? none : nextSibling[node]!;
      node = node === root ? none : parents[node]!;
    }
  }
  return { entered, left };
}
