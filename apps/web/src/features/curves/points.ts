/** @file Points of one run's series, and how new ones join those already shown. */
export interface Points {
  readonly steps: readonly number[];
  /** null: not a finite number; drawn as a gap. */
  readonly values: readonly (number | null)[];
}

export const noPoints: Points = { steps: [], values: [] };

/** Both sets in the order of steps; of two values at one step the later-told one stays. */
export function mergePoints(known: Points, told: Points): Points {
  if (told.steps.length === 0) return known;
  const last = known.steps.at(-1);
  if (last === undefined) return told;
  if (told.steps[0]! > last) {
    return { steps: [...known.steps, ...told.steps], values: [...known.values, ...told.values] };
  }
  const byStep = new Map<number, number | null>();
  for (const { steps, values } of [known, told]) {
    steps.forEach((step, at) => {
      byStep.set(step, values[at] ?? null);
    });
  }
  const steps = [...byStep.keys()].sort((a, b) => a - b);
  return { steps, values: steps.map((step) => byStep.get(step) ?? null) };
}
