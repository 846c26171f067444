/** @file What a kernel allocates for itself while it runs, where that is not small beside its results. */

import { tensorBytes } from "./buffers.ts";
import type { MemoryEvent } from "./dryRun.ts";

/** TensorFlow's MaxPoolGrad repeats the pooling: its values (4 bytes) and where each was found (8). */
const maxPoolGradient = 12 / 4;

/**
 * Measured with the allocator's own counters over the operations of a U-Net, a ResNet and attention MIL: convolutions, matrix
 * products and reductions stay below 2 MB each, and are covered by the plan's fixed allowance.
 */
export function workspaceBytes({ op, inputs }: Extract<MemoryEvent, { kind: "ran" }>): number {
  return op === "MaxPoolGrad" ? tensorBytes(inputs[1]!) * maxPoolGradient : 0;
}
