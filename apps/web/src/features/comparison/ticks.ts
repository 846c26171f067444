/** Round numbers (1, 2 or 5 × a power of ten apart) within [low, high], about `wanted` of them. */
export function niceTicks(low: number, high: number, wanted: number): number[] {
  const rough = (high - low) / Math.max(1, wanted);
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / step); tick <= Math.floor(high / step); tick++)
    ticks.push(Number((tick * step).toPrecision(12)));
  return ticks;
}
