/** @file What a run said of one item, and what is true of it, as text under its picture. */
interface Prediction {
  readonly truth: readonly (number | null)[];
  readonly probabilities: readonly number[];
}

/** "pneumonia", "mass, nodule", "none", or "not known". */
export function truthText(classes: readonly string[], { truth }: Pick<Prediction, "truth">): string {
  if (truth.every((value) => value === null)) return "not known";
  const present = classes.filter((_, index) => truth[index] === 1);
  return present.length > 0 ? present.join(", ") : "none";
}

/** The `most` classes it thought likeliest: "pneumonia 0.65, normal 0.35". */
export const saidText = (classes: readonly string[], { probabilities }: Prediction, most = 3): string =>
  classes
    .map((name, index) => ({ name, probability: probabilities[index] ?? 0 }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, most)
    .map(({ name, probability }) => `${name} ${probability.toFixed(2)}`)
    .join(", ");
