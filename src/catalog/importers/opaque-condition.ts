import type { Condition } from '../../graph/condition.js';
import { hashOf } from '../../graph/ids.js';

const maxOpaqueLength = 8000;

/** What nobody here can judge, as it is written; what is too long for the graph is cut, and told from others by its hash. */
export function opaqueCondition(text: string): Condition {
  if (text.length <= maxOpaqueLength) return { kind: 'opaque', text };
  return { kind: 'opaque', text: `${text.slice(0, maxOpaqueLength)}… (${hashOf(text)})` };
}
