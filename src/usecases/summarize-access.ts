import type { AccessEngine, SummaryAnswer } from '../access/access-engine.js';
import type { NodeId } from '../graph/ids.js';
import type { Asking } from './answer-access.js';
import { visibleTo } from './caller.js';

/** Counts of what an identity may do. Rejects as the engine does. */
export function summarizeAccess(
  { engine }: { readonly engine: Pick<AccessEngine, 'summary'> },
  { caller, signal, pair }: Asking,
  identity: NodeId,
): Promise<SummaryAnswer> {
  return engine.summary({ identity, ...pair, ...visibleTo(caller) }, signal);
}
