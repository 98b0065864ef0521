import type { EffectiveQuestion } from '../access/access-engine.js';
import { GraphError } from '../kernel/errors.js';

/** @throws GraphError INVALID where only what is reached by acting as another is asked for, and that is not listed: none of it looks like nobody */
export function requireAssume({
  origins,
  includeAssume = false,
}: Pick<EffectiveQuestion, 'origins' | 'includeAssume'>): void {
  if (includeAssume || !origins?.length || origins.some((origin) => origin !== 'VIA_ASSUME')) return;
  throw new GraphError(
    'INVALID',
    '`VIA_ASSUME` is listed only with `includeAssume: true`; give that, or leave the origin out',
    {
      argument: 'origin',
    },
  );
}
