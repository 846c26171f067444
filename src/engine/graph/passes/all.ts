/** @file The rewrites of a recorded step, in order. Each keeps the step's meaning on its own. */
import type { GraphNode, RecordedStep } from "../recorder.ts";
import { fuseConvolutionBias, nameBias } from "./bias.ts";
import { splitInputGradients } from "./joinedChannels.ts";
import { nameMatrixProduct } from "./matrixProduct.ts";
import type { Pass } from "./pattern.ts";
import { fuseReluGradients } from "./reluGradient.ts";
import { skipSameValue } from "./sameValue.ts";

export interface RewriteOptions {
  readonly isStateful: (op: string) => boolean;
  /** Whether the device has convolutions with bias and ReLU inside, in the precision that is asked for. */
  readonly fuseConvolutions: boolean;
}

export function rewritten(step: RecordedStep, { isStateful, fuseConvolutions }: RewriteOptions): readonly GraphNode[] {
  const passes: Pass[] = [skipSameValue, fuseReluGradients, nameMatrixProduct, nameBias, splitInputGradients];
  if (fuseConvolutions) passes.push(fuseConvolutionBias);
  return passes.reduce((nodes: readonly GraphNode[], pass) => pass({ ...step, nodes }, isStateful), step.nodes);
}
