/**
 * @file Mixed precision: convolutions and matrix products in bfloat16, all else (weights, optimiser, losses, statistics) in
 * float32, decided by TensorFlow's rewriter (grappler, auto_mixed_precision_onednn_bfloat16) per operation.
 *
 * bfloat16 has float32's exponent, so that gradients do not vanish and no loss scaling is needed (Kalamkar et al. 2019,
 * arXiv:1905.12322); it has 8 bits of mantissa, so that curves differ from float32's, though not from run to run.
 */
import { readFileSync } from "node:fs";
import type { Binding } from "./binding.ts";
import { ATTR } from "./dataTypes.ts";
import { EngineError } from "./errors.ts";
import { Writer } from "./graph/proto.ts";
import type { OpAttribute } from "./tfjsInternals.ts";

export type Precision = "float32" | "bfloat16";

/** Whether this CPU multiplies bfloat16 in hardware: elsewhere it would be slower than float32. */
export function hasBfloat16(cpuinfo = readCpuinfo()): boolean {
  return /^(flags|Features)\s*:.*\b(avx512_bf16|amx_bf16|bf16)\b/m.test(cpuinfo);
}

function readCpuinfo(): string {
  try {
    return readFileSync("/proc/cpuinfo", "utf8");
  } catch {
    return "";
  }
}

/** @throws EngineError NO_DEVICE where the device has no fast bfloat16 */
export function checkPrecision(precision: Precision, binding: Binding, supported?: boolean): void {
  if (precision === "float32") return;
  if (binding.isUsingGpuDevice()) {
    throw new EngineError(
      "NO_DEVICE",
      'Precision bfloat16 is for CPUs; on CUDA use "float32", which runs on tensor cores as TF32 where the GPU has them',
    );
  }
  if (supported ?? hasBfloat16()) return;
  throw new EngineError(
    "NO_DEVICE",
    'Precision bfloat16: this CPU has neither AVX512-BF16 nor AMX (nor BF16 on ARM); use "float32"',
  );
}

const inFloat32 = "Sigmoid,Softmax,Sum,Mean";

/** Before TensorFlow starts: losses and metrics are not rounded to 8 bits (2e-3 of a Dice), whatever they follow. */
export function keepLossesInFloat32(): void {
  const prefix = "TF_AUTO_MIXED_PRECISION_GRAPH_REWRITE";
  process.env[`${prefix}_DENYLIST_ADD`] ??= inFloat32;
  process.env[`${prefix}_INFERLIST_REMOVE`] ??= inFloat32;
}

/** What a compiled function is called with. Field numbers: config.proto, rewriter_config.proto. */
export function executionAttributes(precision: Precision): readonly OpAttribute[] {
  if (precision === "float32") return [];
  const on = 1;
  const rewriter = new Writer().integer(31, on); // auto_mixed_precision_onednn_bfloat16
  const config = new Writer().bytes(10, new Writer().bytes(10, rewriter)); // graph_options.rewrite_options
  return [{ name: "config_proto", type: ATTR.string, value: config.done() }];
}
