/** Uniform in [0, 1), the same sequence for the same seed (xorshift128, Marsaglia 2003). */
export type Random = () => number;

export function createRandom(seed: number): Random {
  let [x, y, z, w] = [seed >>> 0 || 1, 362436069, 521288629, 88675123];
  const next = () => {
    const t = x ^ (x << 11);
    [x, y, z] = [y, z, w];
    w = w ^ (w >>> 19) ^ (t ^ (t >>> 8));
    return (w >>> 0) / 4294967296;
  };
  for (let i = 0; i < 64; i++) next();
  return next;
}
