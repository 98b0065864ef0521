/** Why a node lets nothing through; 0: it does. Bits of one byte a node. */
export const NODE_STOP = {
  /** Not open at the revision. */
  ABSENT: 1,
  /** An identity that is suspended, offboarded or decommissioned, an account or group with `active=false`. */
  INACTIVE: 2,
  /** An identity in state `UNKNOWN`: what lies behind it is unseen. */
  UNKNOWN: 4,
  /** `expiresAt <= at`. */
  EXPIRED: 8,
  /** An identity that was joined to another: takes part in no answer. */
  JOINED: 16,
} as const;
/** What `latent` takes away: the states that an administrator could change back. */
export const stateStops = NODE_STOP.INACTIVE | NODE_STOP.UNKNOWN;

/** Why an edge conveys nothing whatever its ends; 0: it does, and lies in the hot arenas. Bits of one byte an edge. */
export const EDGE_STOP = {
  ELIGIBLE: 1,
  NOT_YET_VALID: 2,
  EXPIRED: 4,
  /** Group → Group into a group of a source that does not nest. */
  NESTING: 8,
} as const;

/** What an edge is, besides its kind. Bits of one byte an edge. */
export const EDGE_TRAIT = {
  /** `effect: 'DENY'` of GRANTS and CAN_ACT_AS. */
  DENY: 1,
  /** Carries a condition or a resource pattern. */
  CONDITIONAL: 2,
  /** `mode: 'ON_BEHALF_OF'` of CAN_ACT_AS. */
  ON_BEHALF_OF: 4,
  /** `state: 'ELIGIBLE'`. */
  ELIGIBLE: 8,
} as const;
