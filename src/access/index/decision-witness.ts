import type { Decision } from '../../graph/decision.js';
import type { InheritancePath } from '../access-engine.js';
import { type EntrySearch, reachOf } from './entry-search.js';
import { findLeastPathTo } from './least-path.js';
import type { PathWriter } from './path-description.js';

/**
 * The least path that shows why: an unconditional deny or allow, or of a `CONDITIONAL` decision the deny in doubt, else
 * the allow. None where nothing is granted or nobody knows: of what lies behind an unknown state no path is live.
 */
export function witnessOf(search: EntrySearch, decision: Decision, writer: PathWriter): readonly InheritancePath[] {
  if (search.graph.nodes.stops[search.identity] !== 0) return [];
  switch (decision) {
    case 'ALLOWED':
    case 'DENIED': {
      const effect = decision === 'ALLOWED' ? 'ALLOW' : 'DENY';
      const path = findLeastPathTo(search, { effect, unconditional: true });
      return path ? [writer.write(path, { status: 'LIVE' })] : [];
    }
    case 'CONDITIONAL': {
      const effect = reachOf(search, 'DENY') === 'NONE' ? 'ALLOW' : 'DENY';
      const path = findLeastPathTo(search, { effect, unconditional: false });
      return path ? [writer.write(path, { status: 'CONDITIONAL' })] : [];
    }
    case 'NOT_GRANTED':
    case 'UNKNOWN':
      return [];
  }
}
