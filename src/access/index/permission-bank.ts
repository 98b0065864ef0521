import type { NodeId } from '../../graph/ids.js';
import type { PermissionNode } from '../../graph/node.js';
import { createIdRanks } from './id-ranks.js';
import { none } from './node-bank.js';
import { permuted, permutedList, type Writable, widened } from './typed-columns.js';

export const PERMISSION_CLASSES = ['READ', 'WRITE', 'ADMIN', 'GRANT', 'IMPERSONATE', 'SECRET'] as const;
export const PLANES = ['CONTROL', 'DATA'] as const;

/** Permissions in columns, by dense number; numbers are never reused. Columns are replaced as they grow. */
export interface PermissionBank {
  readonly count: number;
  readonly ids: readonly NodeId[];
  /** 1: open at the revision. */
  readonly open: Uint8Array;
  readonly applications: Int32Array;
  /** 0 to 3; 0 is the most powerful. */
  readonly tiers: Uint8Array;
  /** By `PERMISSION_CLASSES`. */
  readonly classes: Uint8Array;
  /** By `PLANES`. */
  readonly planes: Uint8Array;
  find(id: NodeId): number;
  put(node: PermissionNode, application: number): number;
  /** Takes an absent one out of `open`; its number stays. */
  remove(id: NodeId): void;
  /** By number, the place of the id in the order of bytes. */
  ranks(): Uint32Array;
  /** The numbers by rank. */
  byId(): Uint32Array;
  /** The numbers by tier, then by rank. */
  byTier(): Uint32Array;
  renumber(place: Uint32Array): void;
}

export function createPermissionBank(): PermissionBank {
  let ids: NodeId[] = [];
  const numbers = new Map<NodeId, number>();
  const ranks = createIdRanks();
  let tierOrder: Uint32Array = new Uint32Array(0);
  const self: Writable<PermissionBank> = {
    count: 0,
    ids,
    open: new Uint8Array(0),
    applications: new Int32Array(0),
    tiers: new Uint8Array(0),
    classes: new Uint8Array(0),
    planes: new Uint8Array(0),
    find: (id) => numbers.get(id) ?? none,
    put,
    remove(id) {
      const permission = numbers.get(id);
      if (permission !== undefined) self.open[permission] = 0;
    },
    ranks: () => ranks.of(ids),
    byId: () => ranks.order(ids),
    byTier() {
      if (tierOrder.length !== ids.length) tierOrder = sortedByTier(ranks.order(ids), self.tiers);
      return tierOrder;
    },
    renumber,
  };
  return self;

  function put(node: PermissionNode, application: number): number {
    const permission = numbers.get(node.id) ?? append(node.id);
    self.open[permission] = 1;
    self.applications[permission] = application;
    if (self.tiers[permission] !== node.tier) tierOrder = new Uint32Array(0);
    self.tiers[permission] = node.tier;
    self.classes[permission] = PERMISSION_CLASSES.indexOf(node.class);
    self.planes[permission] = PLANES.indexOf(node.plane);
    return permission;
  }

  function append(id: NodeId): number {
    const permission = self.count++;
    ids.push(id);
    numbers.set(id, permission);
    self.open = widened(self.open, self.count);
    self.applications = widened(self.applications, self.count);
    self.tiers = widened(self.tiers, self.count);
    self.classes = widened(self.classes, self.count);
    self.planes = widened(self.planes, self.count);
    return permission;
  }

  function renumber(place: Uint32Array): void {
    self.open = permuted(self.open, place);
    self.applications = permuted(self.applications, place);
    self.tiers = permuted(self.tiers, place);
    self.classes = permuted(self.classes, place);
    self.planes = permuted(self.planes, place);
    ids = permutedList(ids, place);
    self.ids = ids;
    ids.forEach((id, permission) => {
      numbers.set(id, permission);
    });
    ranks.reset();
    tierOrder = new Uint32Array(0);
  }
}

const tierCount = 4;

/** Stable. */
function sortedByTier(order: Uint32Array, tiers: Uint8Array): Uint32Array {
  const sorted = new Uint32Array(order.length);
  let place = 0;
  for (let tier = 0; tier < tierCount; tier++)
    for (const permission of order) if (tiers[permission] === tier) sorted[place++] = permission;
  return sorted;
}
