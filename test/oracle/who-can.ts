import type { WhoCanQuestion, WhoCanRow } from '../../src/access/access-engine.js';
import type { Decision } from '../../src/graph/decision.js';
import type { NodeId } from '../../src/graph/ids.js';
import type { Moment } from './moment.js';
import { isVisible } from './path-answers.js';
import { rowsOf } from './rows.js';
import type { Whole } from './whole.js';

/** Asks every identity. */
export function whoCan(moment: Moment, question: Whole<WhoCanQuestion>): readonly WhoCanRow[] {
  const { types, origins, inheritedOnly, decisions, visible } = question;
  return moment
    .identities()
    .filter(({ id, type }) => (types?.includes(type) ?? true) && isVisible(moment, id, visible))
    .flatMap(({ id }) => rowFor(moment, question, id) ?? [])
    .filter((row) => decisions?.includes(row.decision) ?? true)
    .filter((row) => origins?.some((origin) => row.origins.includes(origin)) ?? true)
    .filter((row) => !(inheritedOnly && row.origins.includes('DIRECT')));
}

function rowFor(moment: Moment, question: Whole<WhoCanQuestion>, identity: NodeId): WhoCanRow | undefined {
  const { permission, resource, standing = 'EFFECTIVE', includeAssume = false } = question;
  const at = resource === undefined ? {} : { resource };
  const rows = rowsOf({ moment, context: {}, identity, includeAssume, ...at }, standing).filter(
    (row) => row.permission === permission,
  );
  const decision = highestListed(rows.map((row) => row.decision));
  if (decision === undefined) return undefined;
  const origins = new Set(rows.flatMap((row) => row.origins));
  return {
    identity,
    decision,
    scopes: rows.map((row) => row.scope).sort(),
    origins: (['DIRECT', 'INHERITED', 'VIA_ASSUME'] as const).filter((origin) => origins.has(origin)),
    leastDepth: Math.min(...rows.map((row) => row.leastDepth)),
  };
}

/** Of what is listed at all: the covering and the unknown. */
function highestListed(decisions: readonly Decision[]): Decision | undefined {
  return (['ALLOWED', 'CONDITIONAL', 'UNKNOWN'] as const).find((listed) => decisions.includes(listed));
}
