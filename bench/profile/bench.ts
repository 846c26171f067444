/**
 * @file Where the time of one compiled training step goes: what each oneDNN primitive took, by kind and size.
 *
 *   npm run bench -- profile [--case unet128BatchNorm] [--steps 10] [--threads 2] [--rows 25]
 *
 * TensorFlow's C API has no profiler; oneDNN, which does most of the work on a CPU, keeps a log. Operations run one at a time here,
 * so that a step takes a little longer than in training; the log itself costs some microseconds for each primitive.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { median } from "@tessera/analysis/summary";
import { cases } from "../engine/cases.ts";
import type { Bench } from "../main.ts";
import { wholeNumber } from "../support/wholeNumber.ts";
import { type Primitive, parsePrimitive, type Total, totals } from "./oneDnnLog.ts";

export const bench: Bench = {
  about: "where the time of a training step goes, by oneDNN's log",
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        case: { type: "string", default: "unet128BatchNorm" },
        steps: { type: "string", default: "10" },
        threads: { type: "string", default: "2" },
        rows: { type: "string", default: "25" },
      },
    });
    const names = cases.map(({ name }) => name);
    if (!names.includes(values.case)) throw new Error(`--case: expected one of ${names.join()}, got ${values.case}`);
    const [steps, rows] = [wholeNumber("steps", values.steps), wholeNumber("rows", values.rows)];
    const { primitives, stepMs } = await profiled(values.case, steps, wholeNumber("threads", values.threads));
    const found = totals(primitives, steps);
    console.error(table(found.slice(0, rows), stepMs));
    const byKind: Record<string, number> = {};
    for (const { what, milliseconds } of found) {
      const name = what.direction === "undef" ? what.kind : `${what.kind} ${what.direction}`;
      byKind[name] = round((byKind[name] ?? 0) + milliseconds);
    }
    const oneDnn = found.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    return { case: values.case, stepMs: round(stepMs), ...byKind, other: round(stepMs - oneDnn) };
  },
};

/** The primitives of the steps that count, and the median of a step, ms. */
async function profiled(name: string, steps: number, threads: number) {
  const path = fileURLToPath(new URL("steps.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", path, name, String(steps), String(threads)], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ONEDNN_VERBOSE: "1" },
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const primitives: Primitive[] = [];
  const stepMs: number[] = [];
  let counted = false; // after the last step that does not count
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith("step,")) {
      const [, index, milliseconds] = line.split(",");
      if (Number(index) >= 0) stepMs.push(Number(milliseconds));
      counted = Number(index) >= -1;
      continue;
    }
    const primitive = counted ? parsePrimitive(line) : null;
    if (primitive) primitives.push(primitive);
  }
  const code = await ended;
  if (code !== 0) throw new Error(`The process that trains ended with code ${code}; see above`);
  return { primitives, stepMs: median(stepMs) ?? Number.NaN };
}

function table(rows: readonly Total[], stepMs: number): string {
  const lines = rows.map(({ what, calls, milliseconds, gigaflops }) =>
    [
      milliseconds.toFixed(2).padStart(8),
      `${((100 * milliseconds) / stepMs).toFixed(1)} %`.padStart(7),
      calls.toFixed(0).padStart(5),
      (gigaflops?.toFixed(0) ?? "").padStart(7),
      what.kind.padEnd(20),
      what.direction.padEnd(17),
      what.sizes,
    ].join(" "),
  );
  return [`      ms    step calls GFLOP/s kind                 direction         sizes`, ...lines].join("\n");
}

const round = (value: number): number => Math.round(value * 100) / 100;
