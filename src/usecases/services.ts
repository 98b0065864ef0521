import type { AccessEngine } from '../access/access-engine.js';
import type { Clock } from '../kernel/clock.js';
import type { Limits } from '../kernel/config.js';
import type { GraphStore } from '../store/graph-store.js';
import type { SideStore } from '../store/side-store.js';
import { type CountIdentities, createIdentityCounter } from './count-identities.js';
import { createOpaqueText, type OpaqueText } from './opaque-text.js';
import { createPageCursors, type PageCursors } from './page-cursor.js';
import { createRefPrinter, type PrintRefs } from './print-refs.js';
import { createEstateScan, type ScanEstate } from './scan-estate.js';

/** What the edges hand to use cases; each takes what it needs. */
export interface Services {
  readonly store: GraphStore;
  readonly side: SideStore;
  readonly engine: AccessEngine;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly opaque: OpaqueText;
  readonly cursors: PageCursors;
  readonly printRefs: PrintRefs;
  readonly scanEstate: ScanEstate;
  readonly countIdentities: CountIdentities;
}

export function createServices(
  given: Pick<Services, 'store' | 'side' | 'engine' | 'clock' | 'limits'> & { readonly secretKey: Buffer },
): Services {
  const { secretKey, ...ports } = given;
  const opaque = createOpaqueText(secretKey);
  return {
    ...ports,
    opaque,
    cursors: createPageCursors({ ...ports, opaque }),
    printRefs: createRefPrinter(ports.store),
    scanEstate: createEstateScan(ports),
    countIdentities: createIdentityCounter(ports),
  };
}
