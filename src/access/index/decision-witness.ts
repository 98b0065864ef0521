import type { Decision } from '../../graph/decision.js';
import type { JsonObject } from '../../graph/node.js';
import type { InheritancePath } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { findLeastPath } from './local-graph.js';
import type { PathWriter } from './path-description.js';

export interface Witnessed {
  readonly identity: number;
  readonly permission: number;
  readonly resource: number;
  readonly decision: Decision;
}

/**
 * The least path that shows why: an unconditional deny or allow, or of a `CONDITIONAL` decision the deny in doubt, else
 * the allow. None where nothing is granted or nobody knows.
 */
export function witnessOf(
  graph: AccessGraph,
  { identity, permission, resource, decision }: Witnessed,
  { writer, context }: { readonly writer: PathWriter; readonly context: JsonObject | undefined },
): readonly InheritancePath[] {
  const least = (effect: 'ALLOW' | 'DENY', unconditional: boolean) => {
    const asked = { graph, identity, permission, resource, effect, unconditional };
    return findLeastPath(context ? { ...asked, context } : asked);
  };
  switch (decision) {
    case 'ALLOWED':
    case 'DENIED': {
      const path = least(decision === 'ALLOWED' ? 'ALLOW' : 'DENY', true);
      return path ? [writer.write(path, { status: 'LIVE' })] : [];
    }
    case 'CONDITIONAL': {
      const path = least('DENY', false) ?? least('ALLOW', false);
      return path ? [writer.write(path, { status: 'CONDITIONAL' })] : [];
    }
    case 'NOT_GRANTED':
    case 'UNKNOWN':
      return [];
  }
}
