import type { Decision } from '../../graph/decision.js';
import type { NodeId } from '../../graph/ids.js';
import type { JsonObject } from '../../graph/node.js';
import type { InheritancePath } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { findLeastPath } from './local-graph.js';
import { createPathWriter } from './path-description.js';
import type { AskedAccess } from './path-question.js';
import type { WalkQuestion } from './state-walk.js';

interface Decided extends AskedAccess {
  readonly decision: Decision;
  readonly context?: JsonObject;
  readonly visible?: readonly NodeId[];
}

/**
 * The witness of a decision about one identity: the least path that settles it. `DENIED`: an unconditional denying path;
 * `ALLOWED`: an unconditional allow path; `CONDITIONAL`: the denying path whose conditions are in doubt, else the allow
 * path; else none.
 */
export function decidingPaths(graph: AccessGraph, decided: Decided): readonly InheritancePath[] {
  const { decision, visible, ...asked } = decided;
  const find = (effect: WalkQuestion['effect'], unconditional: boolean) =>
    findLeastPath({ graph, ...asked, effect, unconditional });
  const path = {
    DENIED: () => find('DENY', true),
    ALLOWED: () => find('ALLOW', true),
    CONDITIONAL: () => find('DENY', false) ?? find('ALLOW', false),
    NOT_GRANTED: () => undefined,
    UNKNOWN: () => undefined,
  }[decision]();
  const status = decision === 'CONDITIONAL' ? 'CONDITIONAL' : 'LIVE';
  return path ? [createPathWriter(graph, visible).write(path, { status })] : [];
}
