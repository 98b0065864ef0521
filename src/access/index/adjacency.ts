import { type Writable, widened } from './typed-columns.js';

/**
 * Lists of 32-bit words by dense node number, in one growable arena. The list of a node is
 * `words[offsets[node]]` … `words[offsets[node] + lengths[node] - 1]`, in no order; a word may occur several times.
 * Lists fit exactly when built and get a quarter of room when they move; blocks left behind wait in free lists by
 * size class. INVARIANT: the arrays are replaced as they grow, so read them afresh after every change.
 */
export interface Adjacency {
  readonly words: Uint32Array;
  readonly offsets: Uint32Array;
  readonly lengths: Uint32Array;
  /** Words in all lists. */
  readonly size: number;
  add(node: number, word: number): void;
  /** Takes one occurrence out; false where there is none. */
  remove(node: number, word: number): boolean;
  /** Of the arena and its columns. */
  bytes(): number;
}

/** From this length on a list gets a hash of positions, so that leaving a huge group is no scan. */
const hashedLength = 1_024;
/** About what a map of small numbers takes for each. */
const mapEntryBytes = 24;
/** Capacities of moved lists: each a quarter more than the one before. */
const sizeClasses = quarterSteps();

/**
 * `each` gives all (node, word) pairs; it is called three times, with the same pairs in the same order. Columns reach as
 * far as the last node with a list.
 */
export function buildAdjacency(each: (emit: (node: number, word: number) => void) => void): Adjacency {
  let size = 0;
  let nodes = 0;
  each((node) => {
    size++;
    if (node >= nodes) nodes = node + 1;
  });
  const lengths = new Uint32Array(nodes);
  each((node) => {
    lengths[node]!++;
  });
  const offsets = new Uint32Array(nodes);
  for (let node = 1; node < nodes; node++) offsets[node] = offsets[node - 1]! + lengths[node - 1]!;
  const words = new Uint32Array(size);
  const cursor = offsets.slice();
  each((node, word) => {
    words[cursor[node]!++] = word;
  });
  return createAdjacency({ words, offsets, lengths });
}

export function createAdjacency(built: Pick<Adjacency, 'words' | 'offsets' | 'lengths'> = emptyColumns()): Adjacency {
  const { words, offsets, lengths } = built;
  const free = new Map<number, number[]>();
  const positions = new Map<number, Map<number, number>>();
  /** Of lists that changed since they were built; all others fit exactly. */
  const capacities = new Map<number, number>();
  let top = words.length;

  const self: Writable<Adjacency> = { words, offsets, lengths, size: words.length, add, remove, bytes };
  return self;

  function add(node: number, word: number): void {
    widenTo(node + 1);
    const length = self.lengths[node]!;
    if (length === capacityOf(node, length)) move(node, length);
    self.words[self.offsets[node]! + length] = word;
    self.lengths[node] = length + 1;
    self.size++;
    positions.get(node)?.set(word, length);
  }

  function remove(node: number, word: number): boolean {
    const length = node < self.lengths.length ? self.lengths[node]! : 0;
    const position = positionOf(node, word, length);
    if (position < 0) return false;
    const offset = self.offsets[node]!;
    capacities.set(node, capacityOf(node, length));
    const moved = self.words[offset + length - 1]!;
    self.words[offset + position] = moved;
    self.lengths[node] = length - 1;
    self.size--;
    const hash = positions.get(node);
    hash?.delete(word);
    if (hash && position < length - 1) hash.set(moved, position);
    return true;
  }

  function capacityOf(node: number, length: number): number {
    return capacities.get(node) ?? length;
  }

  function positionOf(node: number, word: number, length: number): number {
    const offset = self.offsets[node] ?? 0;
    if (length >= hashedLength) {
      const hashed = hashOf(node, length).get(word);
      if (hashed !== undefined && hashed < length && self.words[offset + hashed] === word) return hashed;
    } else positions.delete(node);
    // A word that occurs twice is hashed once: the other occurrence is looked for.
    for (let i = 0; i < length; i++) if (self.words[offset + i] === word) return i;
    return -1;
  }

  function hashOf(node: number, length: number): Map<number, number> {
    const known = positions.get(node);
    if (known) return known;
    const made = new Map<number, number>();
    const offset = self.offsets[node]!;
    for (let i = 0; i < length; i++) made.set(self.words[offset + i]!, i);
    positions.set(node, made);
    return made;
  }

  function move(node: number, length: number): void {
    const sizeClass = classAtLeast(length + 1);
    const capacity = sizeClasses[sizeClass]!;
    const from = self.offsets[node]!;
    let to = free.get(sizeClass)?.pop();
    if (to === undefined) {
      to = top;
      top += capacity;
      if (top > self.words.length) self.words = widenedBy(self.words, top);
    }
    self.words.copyWithin(to, from, from + length);
    release(from, capacityOf(node, length));
    self.offsets[node] = to;
    capacities.set(node, capacity);
  }

  function release(offset: number, capacity: number): void {
    if (capacity < sizeClasses[0]!) return;
    const sizeClass = classAtLeast(capacity + 1) - 1;
    const blocks = free.get(sizeClass);
    if (blocks) blocks.push(offset);
    else free.set(sizeClass, [offset]);
  }

  function widenTo(nodes: number): void {
    if (nodes <= self.lengths.length) return;
    self.lengths = widened(self.lengths, nodes);
    self.offsets = widened(self.offsets, nodes);
  }

  function bytes(): number {
    return self.words.byteLength + self.offsets.byteLength + self.lengths.byteLength + capacities.size * mapEntryBytes;
  }
}

const emptyColumns = () => ({ words: new Uint32Array(0), offsets: new Uint32Array(0), lengths: new Uint32Array(0) });

/** An eighth of room: the arena is the largest array of the index. */
function widenedBy(words: Uint32Array, length: number): Uint32Array {
  const wider = new Uint32Array(length + (length >> 3) + 1_024);
  wider.set(words);
  return wider;
}

function quarterSteps(): readonly number[] {
  const steps = [4];
  for (let last = 4; last < 2 ** 31; steps.push(last)) last += (last >> 2) + 1;
  return steps;
}

/** The least size class with at least that capacity. */
function classAtLeast(capacity: number): number {
  let low = 0;
  let high = sizeClasses.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sizeClasses[middle]! < capacity) low = middle + 1;
    else high = middle;
  }
  return low;
}
