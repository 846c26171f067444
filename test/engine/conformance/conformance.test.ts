/** @file The tests that tfjs-core ships, against our back end: docs/decisions/0015. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { compiledExclusions, eagerExclusions } from "./exclusions.ts";
import { type Exclusion, judge, type Outcome, summary } from "./judge.ts";

const script = new URL("./suite.ts", import.meta.url).pathname;

async function run(mode: "eager" | "compiled"): Promise<Outcome[]> {
  const directory = mkdtempSync(join(tmpdir(), "tessera-conformance-"));
  const report = join(directory, "report");
  const outcomes = (): Outcome[] =>
    readFileSync(report, { encoding: "utf8", flag: "a+" })
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Outcome);
  try {
    await promisify(execFile)(process.execPath, ["--import", "tsx", script, mode, report], { maxBuffer: 2 ** 26 });
    return outcomes();
  } catch (error) {
    throw new Error(`The process ended after the spec "${outcomes().at(-1)?.name}"`, { cause: error });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** What src/models and the layers in it are made of, by the names of the specs. */
const modelOperations = [
  "conv2d",
  "conv2dTranspose",
  "maxPool",
  "avgPool",
  "matmul",
  "batchNorm4D",
  "concat3d",
  "slice2d",
  "pad 2d",
  "resizeBilinear",
  "resizeNearestNeighbor",
  "softmax",
  "logSoftmax",
  "sum",
  "mean",
  "max",
  "relu",
  "sigmoid",
  "tanh",
  "exp",
  "log",
  "log1p",
  "rsqrt",
  "square",
  "add",
  "sub",
  "mul",
  "div",
  "maximum",
  "where",
  "gather",
  "oneHot",
];

/** `specs`, `inGraph`: what tfjs-core 4.22 has, and how many of them ran a graph. Fewer: some were lost. */
describe.each([
  { mode: "eager", exclusions: eagerExclusions, specs: 4230, inGraph: 0 },
  { mode: "compiled", exclusions: compiledExclusions, specs: 3496, inGraph: 2436 },
] as const)("tfjs-core's own tests, $mode", ({ mode, exclusions, specs, inGraph }) => {
  let outcomes: Outcome[] = [];
  beforeAll(async () => {
    outcomes = await run(mode);
    console.log(`${mode}: ${summary(outcomes, exclusions)}`);
  }, 600_000);

  it("are all run", () => {
    expect(outcomes.length).toBeGreaterThanOrEqual(specs);
    expect(outcomes.filter(({ graphs }) => graphs > 0).length).toBeGreaterThanOrEqual(inGraph);
  });

  it("pass, except where an exclusion says why not", () => {
    expect(judge(outcomes, exclusions).unexplained).toEqual([]);
  });

  it("fail where an exclusion says so", () => {
    expect(judge(outcomes, exclusions).stale).toEqual([]);
  });

  it.runIf(mode === "compiled")("run what the models use in graphs, and its gradients", () => {
    const inGraphs = outcomes.filter(({ status, graphs }) => status === "passed" && graphs > 0);
    const starts = (name: string) => inGraphs.filter((outcome) => outcome.name.startsWith(`${name} `));
    expect(modelOperations.filter((name) => starts(name).length < 2)).toEqual([]);
    const withGradient = (name: string) => starts(name).some((outcome) => /grad/i.test(outcome.name));
    expect(modelOperations.filter((name) => !withGradient(name) && !withGradient(`${name}Backprop`))).toEqual([]);
  });
});

describe("the judge", () => {
  const failed = (name: string, failure: string): Outcome => ({ name, status: "failed", failure, graphs: 0 });
  const outcomes = [
    failed("tan a", "NaN"),
    failed("tan b", "NaN"),
    { name: "tan c", status: "passed", failure: "", graphs: 0 },
  ];
  const exclusion: Exclusion = { specs: /^tan /, failure: /NaN/, count: 2, reason: "" };

  it("takes a failure that an exclusion foresees by name and by message, and no other", () => {
    expect(judge(outcomes, [exclusion])).toEqual({ unexplained: [], stale: [] });
    expect(judge([...outcomes, failed("tan d", "a crash"), failed("cos", "NaN")], [exclusion]).unexplained).toEqual([
      "tan d: a crash",
      "cos: NaN",
    ]);
  });

  it("names an exclusion that explains fewer failures, or more, than it says", () => {
    expect(judge(outcomes.slice(1), [exclusion]).stale).toEqual([expect.stringContaining("expected 2 specs, got 1")]);
    expect(judge([...outcomes, failed("tan d", "NaN")], [exclusion]).stale).toHaveLength(1);
  });
});
