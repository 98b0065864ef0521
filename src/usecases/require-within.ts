import { GraphError } from '../kernel/errors.js';

/** The number as given; absent stays absent. @throws GraphError INVALID outside the bounds, which are among what is taken */
export function requireWithin<Given extends number | undefined>(
  given: Given,
  {
    argument,
    least,
    most = Number.MAX_SAFE_INTEGER,
  }: { readonly argument: string; readonly least: number; readonly most?: number },
): Given {
  if (given === undefined || (Number.isInteger(given) && given >= least && given <= most)) return given;
  const wanted = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${least} to ${most}`;
  throw new GraphError('INVALID', `\`${argument}\` is ${given}; give ${wanted}`, { argument });
}

/** Tiers of permissions: 0 is the most powerful. @throws GraphError INVALID for what is no tier */
export const requireTier = (tierAtMost: number | undefined) =>
  requireWithin(tierAtMost, { argument: 'tierAtMost', least: 0, most: 3 });
