import type { NodeId } from '../graph/ids.js';
import { GraphError } from '../kernel/errors.js';
import { type Caller, readScopeOf, requireScope } from './caller.js';
import { type RefStore, resolveRef } from './resolve-ref.js';
import { rotateSourceToken, type ShownToken, type TokenDependencies } from './source-token.js';

/** Makes another token for a source. `overlap`: ISO 8601, days and hours. Rejects FORBIDDEN, INVALID, NOT_FOUND, AMBIGUOUS. */
export async function rotateToken(
  dependencies: TokenDependencies & { readonly store: RefStore },
  caller: Caller,
  { source, overlap }: { readonly source: string; readonly overlap: string },
): Promise<{ readonly source: NodeId; readonly token: ShownToken }> {
  requireScope(caller, 'admin');
  const overlapMs = parseOverlap(overlap);
  const { node } = await resolveRef(dependencies.store, readScopeOf(caller), {
    ref: source,
    argument: 'source',
    kinds: ['Source'],
  });
  return { source: node.id, token: await rotateSourceToken(dependencies, node, overlapMs) };
}

const hourMs = 3_600_000;
const maxOverlapMs = 90 * 24 * hourMs;

function parseOverlap(text: string): number {
  const match = /^P(?:(\d{1,4})D)?(?:T(\d{1,4})H)?$/.exec(text);
  const given = match !== null && (match[1] !== undefined || match[2] !== undefined);
  const overlapMs = given ? (Number(match[1] ?? 0) * 24 + Number(match[2] ?? 0)) * hourMs : Number.NaN;
  if (!(overlapMs <= maxOverlapMs))
    throw new GraphError(
      'INVALID',
      `\`${text}\` is no overlap; write days and hours up to P90D, such as P7D or PT12H`,
      {
        argument: 'overlap',
      },
    );
  return overlapMs;
}
