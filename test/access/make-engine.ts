import type { AccessEngine } from '../../src/access/access-engine.js';
import type { Clock } from '../../src/kernel/clock.js';
import type { MemoryLog } from '../estate/memory-log.js';

/** An engine that follows the log, and has applied what the log holds by now. */
export type MakeEngine = (log: MemoryLog, clock: Clock) => Promise<AccessEngine>;
