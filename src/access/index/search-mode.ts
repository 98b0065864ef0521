import type { Standing } from '../access-engine.js';
import { NODE_STOP, stateStops } from './stops.js';

/** Which edges a search goes over: `docs/model.md`, "Four classes". */
export interface SearchMode {
  /** Also edges that are only eligible. */
  readonly eligible: boolean;
  /** `NODE_STOP` bits that do not stop, of the identity asked about, its accounts, and groups. */
  readonly identity: number;
  readonly account: number;
  readonly group: number;
}

export const liveMode: SearchMode = { eligible: false, identity: 0, account: 0, group: 0 };
/** What would be reached were an identity of unknown state active. */
export const unseenMode: SearchMode = { ...liveMode, identity: NODE_STOP.UNKNOWN };
const latentMode: SearchMode = { eligible: false, identity: stateStops, account: stateStops, group: stateStops };

/** The allows of each standing, in the order in which a row takes the first that reaches its decision. */
export const standingModes: Readonly<Record<Standing, SearchMode>> = {
  EFFECTIVE: unseenMode,
  ELIGIBLE: { ...liveMode, eligible: true },
  LATENT: latentMode,
  LATENT_ELIGIBLE: { ...latentMode, eligible: true },
};

/** The denies that judge hypothetical access: live with the identity, and where it is not active its accounts, taken as active. */
export function denyModeOf(identityStops: number): SearchMode {
  if ((identityStops & stateStops) === 0) return liveMode;
  return { ...liveMode, identity: stateStops, account: stateStops };
}
