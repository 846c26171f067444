/**
 * @file One training step of ours against PyTorch's: same weights, batches, loss, optimiser and number of threads, in turns.
 *
 *   npm run bench -- engine [--cases unet128,mil] [--rounds 6] [--steps N] [--threads 2] [--no-compiled] [--fused-adam]
 *
 * A step is from a batch in memory to its loss as a number: ours makes its tensors in that time; PyTorch's batches are tensors in
 * its layout before. Eager PyTorch runs in NCHW and in channels_last, the better of both is the peer. Each side is a process of its own that
 * sleeps while others run. Medians over all counted steps; nothing else should run meanwhile. Figures in seconds (compare.ts).
 */
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { Bench } from "../main.ts";
import { pythonWithTorch } from "../support/python.ts";
import { compareCase, say } from "./compare.ts";
import { readOptions } from "./options.ts";
import { table } from "./table.ts";

export const bench: Bench = {
  about: "a training step against PyTorch, eager and compiled: U-Net, classifier, MIL",
  async run(args) {
    const options = readOptions(args);
    const cores = availableParallelism();
    if (cores > options.threads) {
      say(
        `${cores} cores for ${options.threads} threads: each side may use more than its threads; run it under taskset`,
      );
    }
    const python = await pythonWithTorch();
    const work = await mkdtemp(join(tmpdir(), "tessera-engine-"));
    process.once("exit", () => rmSync(work, { recursive: true, force: true }));
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1)); // ends the children too
    const figures: Record<string, unknown> = {};
    const rows: Parameters<typeof table>[0] = new Map();
    for (const each of options.cases) {
      const compared = await compareCase(each, options, python, work);
      rows.set(each.name, compared);
      figures[each.name] = compared.figures;
      if (compared.eventLoop) figures.eventLoop = compared.eventLoop;
    }
    console.error(table(rows));
    return figures;
  },
};
