/**
 * @file Planned against measured peaks of memory, over U-Nets and attention MIL bags.
 *
 *   npm run bench -- memory [--threads N]
 *
 * Every case is planned in one fresh process and trained in another; measured is the whole resident peak of the second, which
 * records its steps, runs them, scores and writes a checkpoint. Takes about two minutes and 4 GB.
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { MemoryPlan } from "@tessera/engine/plan/plan";
import type { Case } from "../../test/engine/support/planned.ts";
import type { Bench } from "../main.ts";
import { cases, label } from "./cases.ts";

const script = new URL("../../test/engine/support/peak.ts", import.meta.url).pathname;

export const bench: Bench = {
  about: "planned against measured peaks of memory: U-Net and attention MIL",
  async run(args) {
    const threads = args[0] === "--threads" ? Number(args[1]) : 2;
    const ratios: number[] = [];
    const rows = [];
    for (const each of cases) {
      const planned = await inChild<MemoryPlan>("plan", each, threads);
      const measured = await inChild<{ peakBytes: number }>("train", each, threads);
      const ratio = planned.peakBytes / measured.peakBytes;
      ratios.push(ratio);
      const [mb, of] = [planned.peakBytes, measured.peakBytes].map((bytes) => Math.round(bytes / 1e6));
      console.log(`${label(each).padEnd(58)} planned ${mb} MB, measured ${of} MB, ratio ${ratio.toFixed(3)}`);
      rows.push({ case: label(each), plannedMB: mb, measuredMB: of, ratio: Number(ratio.toFixed(3)) });
    }
    return { smallest: Math.min(...ratios), largest: Math.max(...ratios), rows };
  },
};

async function inChild<T>(task: "plan" | "train", each: Case, threads: number): Promise<T> {
  const argument = JSON.stringify({ task, threads, case: each });
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script, argument]);
  return JSON.parse(stdout) as T;
}
