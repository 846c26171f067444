/**
 * A line through points that share a trend over orders of magnitude: local straight lines in log x, weighted by a normal
 * kernel (Fan & Gijbels 1996, local linear regression), at `steps` + 1 places of equal ratio; y stays within [0, 1].
 * Empty for fewer than three points, or where all have one x.
 */
export function smoothedLine(points: readonly (readonly [x: number, y: number])[], steps = 32): [number, number][] {
  const logs = points.filter(([x]) => x > 0).map(([x, y]) => [Math.log10(x), y] as const);
  const [low, high] = [Math.min(...logs.map(([u]) => u)), Math.max(...logs.map(([u]) => u))];
  if (logs.length < 3 || !(high > low)) return [];
  // A tenth of a decade at least: items of like size differ in shape.
  const width = Math.max(0.1, (high - low) / 8);
  return Array.from({ length: steps + 1 }, (_, step) => {
    const at = low + ((high - low) * step) / steps;
    let [s0, s1, s2, t0, t1] = [0, 0, 0, 0, 0];
    for (const [u, y] of logs) {
      const distance = u - at;
      const weight = Math.exp(-0.5 * (distance / width) ** 2);
      s0 += weight;
      s1 += weight * distance;
      s2 += weight * distance * distance;
      t0 += weight * y;
      t1 += weight * distance * y;
    }
    const spread = s0 * s2 - s1 * s1;
    const value = spread > 1e-12 * s0 * s0 ? (s2 * t0 - s1 * t1) / spread : t0 / s0;
    return [10 ** at, Math.min(1, Math.max(0, value))];
  });
}
