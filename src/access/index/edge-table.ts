import type { Condition, ResourcePattern } from '../../graph/condition.js';
import { EDGE_KINDS, type EdgeKind } from '../../graph/edge.js';
import { asEdgeId, type EdgeId } from '../../graph/ids.js';
import type { Instant } from '../../kernel/clock.js';
import { none } from './node-bank.js';
import { type Writable, widened } from './typed-columns.js';

/** What few edges carry. Resources by number. */
export interface EdgeDetail {
  readonly validFrom?: Instant;
  readonly validUntil?: Instant;
  readonly condition?: Condition;
  readonly resources?: ResourcePattern;
  readonly at?: number;
  readonly within?: number;
}
/** One edge about to be put. */
export interface EdgeRow {
  readonly id: EdgeId;
  readonly kind: EdgeKind;
  readonly from: number;
  readonly to: number;
  readonly traits: number;
  readonly detail?: EdgeDetail;
}

/**
 * The open edges of `HAS_ACCOUNT`, `MEMBER_OF`, `ASSIGNED`, `INHERITS`, `GRANTS` and `CAN_ACT_AS` in cold columns, by row.
 * A row is reused after its edge is closed. Ends are inner nodes; `to` is a binding for `ASSIGNED`, a permission for
 * `GRANTS`. Columns are replaced as they grow: read them afresh after a change.
 */
export interface EdgeTable {
  /** Rows ever used; those that `kinds` calls `noKind` hold no edge. */
  readonly count: number;
  /** Position in `EDGE_KINDS`. */
  readonly kinds: Uint8Array;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** `EDGE_STOP` bits; the graph keeps them. */
  readonly stops: Uint8Array;
  /** `EDGE_TRAIT` bits. */
  readonly traits: Uint8Array;
  idOf(row: number): EdgeId;
  /** The order of the rows' ids as bytes. */
  compare(a: number, b: number): number;
  detailOf(row: number): EdgeDetail;
  /** `none` where no open edge has the id. */
  find(id: EdgeId): number;
  /** Parallel edges, in no order; `none` ends the chain that `nextBetween` goes on with. */
  firstBetween(from: number, to: number, kind: EdgeKind): number;
  nextBetween(row: number): number;
  put(edge: EdgeRow): number;
  remove(row: number): void;
  /** Gives ends new numbers, by kind of end. */
  renumber(innerPlace: Uint32Array, permissionPlace: Uint32Array): void;
}

export const noKind = 255;
export const kindNumber = Object.fromEntries(EDGE_KINDS.map((kind, i) => [kind, i])) as Record<EdgeKind, number>;
const noDetail: EdgeDetail = {};

export function createEdgeTable(): EdgeTable {
  let words = new Uint32Array(0);
  let heads = new Int32Array(64).fill(none);
  let headsBetween = new Int32Array(64).fill(none);
  let next = new Int32Array(0);
  let nextBetween = new Int32Array(0);
  let detailPlaces = new Uint32Array(0);
  /** By place; the first stands for all rows without. */
  const details: EdgeDetail[] = [noDetail];
  const freeDetails: number[] = [];
  const freeRows: number[] = [];
  const idBytes = Buffer.alloc(16);
  const self: Writable<EdgeTable> = {
    count: 0,
    kinds: new Uint8Array(0),
    from: new Uint32Array(0),
    to: new Uint32Array(0),
    stops: new Uint8Array(0),
    traits: new Uint8Array(0),
    idOf,
    compare,
    detailOf: (row) => details[detailPlaces[row]!]!,
    find,
    firstBetween(from, to, kind) {
      const head = headsBetween[endsBucket(from, to, kindNumber[kind])]!;
      return matching(head, from, to, kindNumber[kind]);
    },
    nextBetween: (row) => matching(nextBetween[row]!, self.from[row]!, self.to[row]!, self.kinds[row]!),
    put,
    remove,
    renumber,
  };
  return self;

  function put(edge: EdgeRow): number {
    const row = freeRows.pop() ?? widenedRow();
    for (let i = 0; i < 4; i++) words[row * 4 + i] = Number.parseInt(edge.id.slice(i * 8, i * 8 + 8), 16);
    self.kinds[row] = kindNumber[edge.kind];
    self.from[row] = edge.from;
    self.to[row] = edge.to;
    self.traits[row] = edge.traits;
    self.stops[row] = 0;
    if (edge.detail) putDetail(row, edge.detail);
    if (self.count > heads.length) rehash(heads.length * 2);
    else chain(row);
    return row;
  }

  function putDetail(row: number, detail: EdgeDetail): void {
    const place = freeDetails.pop() ?? details.length;
    details[place] = detail;
    detailPlaces[row] = place;
  }

  function removeDetail(row: number): void {
    const place = detailPlaces[row]!;
    if (place === 0) return;
    details[place] = noDetail;
    freeDetails.push(place);
    detailPlaces[row] = 0;
  }

  function widenedRow(): number {
    const row = self.count++;
    self.kinds = widened(self.kinds, self.count);
    self.from = widened(self.from, self.count);
    self.to = widened(self.to, self.count);
    self.stops = widened(self.stops, self.count);
    self.traits = widened(self.traits, self.count);
    next = widened(next, self.count);
    nextBetween = widened(nextBetween, self.count);
    words = widened(words, self.count * 4);
    detailPlaces = widened(detailPlaces, self.count);
    return row;
  }

  function remove(row: number): void {
    unlink(heads, next, words[row * 4]! & (heads.length - 1), row);
    unlink(headsBetween, nextBetween, endsBucket(self.from[row]!, self.to[row]!, self.kinds[row]!), row);
    self.kinds[row] = noKind;
    removeDetail(row);
    freeRows.push(row);
  }

  function chain(row: number): void {
    const bucket = words[row * 4]! & (heads.length - 1);
    next[row] = heads[bucket]!;
    heads[bucket] = row;
    const between = endsBucket(self.from[row]!, self.to[row]!, self.kinds[row]!);
    nextBetween[row] = headsBetween[between]!;
    headsBetween[between] = row;
  }

  function rehash(buckets: number): void {
    heads = new Int32Array(buckets).fill(none);
    headsBetween = new Int32Array(buckets).fill(none);
    for (let row = 0; row < self.count; row++) if (self.kinds[row] !== noKind) chain(row);
  }

  function endsBucket(from: number, to: number, kind: number): number {
    const mixed = Math.imul(from, 0x9e3779b1) ^ Math.imul(to, 0x85ebca6b) ^ Math.imul(kind + 1, 0xc2b2ae35);
    return (mixed ^ (mixed >>> 15)) & (headsBetween.length - 1);
  }

  function matching(start: number, from: number, to: number, kind: number): number {
    let row = start;
    while (row !== none && (self.from[row] !== from || self.to[row] !== to || self.kinds[row] !== kind))
      row = nextBetween[row]!;
    return row;
  }

  function find(id: EdgeId): number {
    const wanted = [0, 8, 16, 24].map((at) => Number.parseInt(id.slice(at, at + 8), 16));
    const isWanted = (row: number) => wanted.every((word, i) => words[row * 4 + i] === word);
    let row = heads[wanted[0]! & (heads.length - 1)]!;
    while (row !== none && !isWanted(row)) row = next[row]!;
    return row;
  }

  /** Of the numbers that the ids write: each with as many digits as the other. */
  function compare(a: number, b: number): number {
    for (let i = 0; i < 4; i++) {
      const difference = words[a * 4 + i]! - words[b * 4 + i]!;
      if (difference !== 0) return difference;
    }
    return 0;
  }

  function idOf(row: number): EdgeId {
    for (let i = 0; i < 4; i++) idBytes.writeUInt32BE(words[row * 4 + i]!, i * 4);
    return asEdgeId(idBytes.toString('hex'));
  }

  function renumber(innerPlace: Uint32Array, permissionPlace: Uint32Array): void {
    for (let row = 0; row < self.count; row++) {
      const targets = self.kinds[row] === kindNumber.GRANTS ? permissionPlace : innerPlace;
      self.from[row] = innerPlace[self.from[row]!]!;
      self.to[row] = targets[self.to[row]!]!;
    }
    rehash(heads.length);
  }
}

function unlink(heads: Int32Array, next: Int32Array, bucket: number, row: number): void {
  if (heads[bucket] === row) {
    heads[bucket] = next[row]!;
    return;
  }
  let before = heads[bucket]!;
  while (next[before] !== row) before = next[before]!;
  next[before] = next[row]!;
}
