/** How often a property is tried: so many times by default, multiplied by the environment's `PROPERTY_RUNS`. */
export function propertyRuns(byDefault: number): number {
  const factor = Number(process.env.PROPERTY_RUNS ?? '1');
  return Math.max(1, Math.round(byDefault * (Number.isFinite(factor) ? factor : 1)));
}
