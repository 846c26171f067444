/** @file The weights of pixels that a loss takes beside the truth: made on the CPU, of each mask as it is trained on. */
import { completeLoss, type LossConfiguration, type LossName } from "@tessera/domain/configuration/loss";
import { boundaryWeights } from "./boundaryWeights.ts";
import { unetWeights } from "./unetWeights.ts";

/**
 * @param mask [height, width], 0 or 1, of one item and class
 * @param into [height, width]
 */
export type PixelWeights = (mask: ArrayLike<number>, width: number, height: number, into: Float32Array) => void;

/** null for a loss that takes none. */
export function pixelWeightsFor(configured: LossConfiguration | LossName): PixelWeights | null {
  const loss = typeof configured === "string" ? completeLoss(configured) : configured;
  if (loss.name === "weightedCrossEntropy") return (...given) => unetWeights(...given, loss);
  if (loss.name === "boundaryCrossEntropy") return (...given) => boundaryWeights(...given, loss);
  return null;
}
