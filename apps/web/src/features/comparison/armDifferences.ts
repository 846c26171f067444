/** @file In which options two arms of an experiment differ. */
import { leaves, shownOptions, startingWeightsText } from "../experiment/changesText.ts";
import { armConfiguration, type Configuration } from "../newExperiment/draft.ts";
import { fieldLabel, placeOf, valueText } from "../newExperiment/fieldText.ts";
import { lossOf } from "../newExperiment/lossText.ts";
import type { StartingWeights } from "../startingWeights/startingWeights.ts";

interface Arm {
  readonly name: string;
  readonly changes: Configuration;
}

function complete({ changes: { startingWeights, ...others }, name }: Arm, base: Configuration): Configuration {
  const weights = (startingWeights ?? base.startingWeights ?? { kind: "random" }) as StartingWeights;
  // A loss that is a name only is that loss with its own parameters, whatever the base's are.
  const changes = leaves(others).map(([path, value]) => ({ path, value: path === "loss" ? lossOf(value) : value }));
  return armConfiguration({ key: 0, name, weights, changes }, { ...base, loss: lossOf(base.loss) });
}

/** "Optimiser: Adam → SGD with momentum", one text for each option, in the form's order; from a to b. */
export function armDifferences(a: Arm, b: Arm, base: Configuration): string[] {
  const [{ startingWeights: weightsA, ...one }, { startingWeights: weightsB, ...other }] = [
    complete(a, base),
    complete(b, base),
  ];
  const [valuesA, valuesB] = [new Map(shownOptions(one)), new Map(shownOptions(other))];
  const options = [...new Set([...valuesA.keys(), ...valuesB.keys()])]
    .filter((path) => JSON.stringify(valuesA.get(path)) !== JSON.stringify(valuesB.get(path)))
    .sort((left, right) => placeOf(left) - placeOf(right))
    .map(
      (path) =>
        `${fieldLabel(path) ?? path}: ${valueText(path, valuesA.get(path))} → ${valueText(path, valuesB.get(path))}`,
    );
  const texts = [startingWeightsText(weightsA), startingWeightsText(weightsB)];
  if (JSON.stringify(weightsA) === JSON.stringify(weightsB)) return options;
  const weights =
    texts[0] === texts[1] ? `${texts[0]} → from another one` : texts.join(" → ").replace("→ starts from", "→ from");
  return [weights, ...options];
}
