/** @file The loss for label noise that a configuration names. */
import type { NoiseLoss } from "@tessera/domain/configuration/noiseLosses";
import { hardBootstrap, softBootstrap } from "./bootstrapped.ts";
import { generalizedCrossEntropy } from "./generalizedCrossEntropy.ts";
import type { NoiseRobust } from "./noiseRobust.ts";
import { symmetricCrossEntropy } from "./symmetricCrossEntropy.ts";

export function noiseRobustFor(loss: NoiseLoss): NoiseRobust {
  switch (loss.name) {
    case "softBootstrap":
      return softBootstrap(loss);
    case "hardBootstrap":
      return hardBootstrap(loss);
    case "generalizedCrossEntropy":
      return generalizedCrossEntropy(loss);
    case "symmetricCrossEntropy":
      return symmetricCrossEntropy(loss);
  }
}
