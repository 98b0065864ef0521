import type { NodeId } from '../../graph/ids.js';
import { NODE_STOP } from './stops.js';
import { permuted, permutedList, type Writable, widened } from './typed-columns.js';

/** What stands in the inner graph. A binding is the (role, scope, condition) that `ASSIGNED` edges lead to. */
export const INNER_KIND = { Identity: 0, Account: 1, Group: 2, Role: 3, Binding: 4 } as const;
export type InnerKind = keyof typeof INNER_KIND;
export const IDENTITY_TYPES = ['HUMAN', 'SERVICE_ACCOUNT', 'WORKLOAD', 'AI_AGENT'] as const;

/** Stands for "none" in every column of numbers. */
export const none = -1;

/**
 * The nodes of the inner graph in columns, by dense number. A number is never reused: a removed node keeps it, with the
 * stop `ABSENT`, and gets it back when it returns. Columns are replaced as they grow: read them afresh after a change.
 */
export interface NodeBank {
  readonly count: number;
  /** `INNER_KIND`. */
  readonly kinds: Uint8Array;
  /** `NODE_STOP` bits; 0: lets access through. A binding's is always 0. */
  readonly stops: Uint8Array;
  /** Number of the tenant; `none`: an application's role, a binding. */
  readonly tenants: Int32Array;
  /** Of an account or group its source (`none`: everyone), of a role its application, of a binding its role. */
  readonly owners: Int32Array;
  /** Of a binding its scope (a resource's number); `none` for other kinds. */
  readonly scopes: Int32Array;
  /** Of a binding its condition's number; `none`: unconditional. Of an identity its type, by `IDENTITY_TYPES`. */
  readonly details: Int32Array;
  /** `''` for a binding. */
  readonly ids: readonly NodeId[];
  /** Ordered as the ids are by their first characters; of equal numbers the ids must be compared. */
  readonly idPrefixes: Float64Array;
  /** The order of the nodes' ids as bytes. */
  compare(a: number, b: number): number;
  find(id: NodeId): number;
  /** The number of the id, made where it has none; its columns are the caller's to write. */
  intern(id: NodeId, kind: InnerKind): number;
  /** The binding of (role, scope, condition), made where there is none. */
  internBinding(role: number, scope: number, condition: number): number;
  /** Bindings of that role at that scope, of any condition; `none` ends the chain that `nextBinding` goes on with. */
  firstBinding(role: number, scope: number): number;
  nextBinding(binding: number): number;
  /** All bindings of the role, in the same manner. A binding stays when its last edge goes. */
  firstBindingOf(role: number): number;
  nextBindingOf(binding: number): number;
  /** Gives every node a new number: `place[old]`. Roles named by bindings follow. */
  renumber(place: Uint32Array): void;
  /** Forgets the nodes from that number on, which no edge may name any more: the next ones get their numbers. */
  truncate(count: number): void;
}

export function createNodeBank(): NodeBank {
  let ids: NodeId[] = [];
  const numbers = new Map<NodeId, number>();
  let heads = new Map<number, number>();
  let next = new Int32Array(0);
  let headsByRole = new Int32Array(0);
  let nextByRole = new Int32Array(0);
  const self: Writable<NodeBank> = {
    count: 0,
    kinds: new Uint8Array(0),
    stops: new Uint8Array(0),
    tenants: new Int32Array(0),
    owners: new Int32Array(0),
    scopes: new Int32Array(0),
    details: new Int32Array(0),
    ids,
    idPrefixes: new Float64Array(0),
    compare: (a, b) =>
      self.idPrefixes[a]! - self.idPrefixes[b]! || (ids[a]! < ids[b]! ? -1 : ids[a]! > ids[b]! ? 1 : 0),
    find: (id) => numbers.get(id) ?? none,
    intern,
    internBinding,
    firstBinding: (role, scope) => heads.get(bindingKey(role, scope)) ?? none,
    nextBinding: (binding) => next[binding]!,
    firstBindingOf: (role) => headsByRole[role]!,
    nextBindingOf: (binding) => nextByRole[binding]!,
    renumber,
    truncate,
  };
  return self;

  function intern(id: NodeId, kind: InnerKind): number {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    const node = append(id, INNER_KIND[kind]);
    numbers.set(id, node);
    self.stops[node] = NODE_STOP.ABSENT;
    return node;
  }

  function internBinding(role: number, scope: number, condition: number): number {
    for (let b = self.firstBinding(role, scope); b !== none; b = next[b]!) if (self.details[b] === condition) return b;
    const binding = append('' as NodeId, INNER_KIND.Binding);
    self.owners[binding] = role;
    self.scopes[binding] = scope;
    self.details[binding] = condition;
    chain(binding);
    return binding;
  }

  function append(id: NodeId, kind: number): number {
    const node = self.count++;
    ids.push(id);
    self.kinds = widened(self.kinds, self.count);
    self.stops = widened(self.stops, self.count);
    self.tenants = widened(self.tenants, self.count);
    self.owners = widened(self.owners, self.count);
    self.scopes = widened(self.scopes, self.count);
    self.details = widened(self.details, self.count);
    self.idPrefixes = widened(self.idPrefixes, self.count);
    next = widened(next, self.count);
    headsByRole = widened(headsByRole, self.count);
    nextByRole = widened(nextByRole, self.count);
    self.kinds[node] = kind;
    self.stops[node] = 0;
    self.tenants[node] = none;
    self.owners[node] = none;
    self.scopes[node] = none;
    self.details[node] = none;
    self.idPrefixes[node] = prefixNumber(id);
    headsByRole[node] = none;
    return node;
  }

  function renumber(place: Uint32Array): void {
    self.kinds = permuted(self.kinds, place);
    self.stops = permuted(self.stops, place);
    self.tenants = permuted(self.tenants, place);
    self.owners = permuted(self.owners, place);
    self.scopes = permuted(self.scopes, place);
    self.details = permuted(self.details, place);
    self.idPrefixes = permuted(self.idPrefixes, place);
    ids = permutedList(ids, place);
    self.ids = ids;
    heads = new Map();
    headsByRole.fill(none);
    for (let node = 0; node < self.count; node++) {
      if (self.kinds[node] !== INNER_KIND.Binding) {
        numbers.set(ids[node]!, node);
        continue;
      }
      self.owners[node] = place[self.owners[node]!]!;
      chain(node);
    }
  }

  /** Last first, so that each binding is the head of its chains. */
  function truncate(count: number): void {
    while (self.count > count) {
      const node = --self.count;
      if (self.kinds[node] === INNER_KIND.Binding) unchain(node);
      else numbers.delete(ids[node]!);
      ids.pop();
    }
  }

  function unchain(binding: number): void {
    const role = self.owners[binding]!;
    const key = bindingKey(role, self.scopes[binding]!);
    if (next[binding] === none) heads.delete(key);
    else heads.set(key, next[binding]!);
    headsByRole[role] = nextByRole[binding]!;
  }

  function chain(binding: number): void {
    const role = self.owners[binding]!;
    const key = bindingKey(role, self.scopes[binding]!);
    next[binding] = heads.get(key) ?? none;
    heads.set(key, binding);
    nextByRole[binding] = headsByRole[role]!;
    headsByRole[role] = binding;
  }
}

/** INVARIANT: fewer than 2^26 resources, so that the key is exact. */
const bindingKey = (role: number, scope: number) => role * 2 ** 26 + scope;

/** The first eight characters, all printable ASCII, in base 96: below 2^53, so that a double holds it exactly. */
function prefixNumber(id: string): number {
  let prefix = 0;
  for (let place = 0; place < 8; place++) prefix = prefix * 96 + (place < id.length ? id.charCodeAt(place) - 31 : 0);
  return prefix;
}
