/** @file `tessera doctor` as a child process, on this machine and on ones that are made up by a planted nvidia-smi. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { findLibrary, libraryFiles, tensorflowVersion } from "@tessera/engine/library";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseProcessor } from "../../apps/cli/src/doctor/processor.ts";
import type { Report } from "../../apps/cli/src/doctor/report.ts";
import { reportLines } from "../../apps/cli/src/doctor/text.ts";

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "tessera-doctor-"));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const settings = ["TESSERA_DEVICE", "TESSERA_TENSORFLOW", "TESSERA_WORKERS", "TESSERA_THREADS", "CUDA_VISIBLE_DEVICES"];

/** The report of a machine that has these GPUs (lines as nvidia-smi prints them). */
function doctor(
  environment: Record<string, string>,
  gpus: readonly string[] = [],
): { code: number | null; report: Report } {
  const bin = mkdtempSync(join(work, "bin-"));
  const smi = join(bin, "nvidia-smi");
  writeFileSync(smi, `#!/bin/sh\n${gpus.map((line) => `echo "${line}"`).join("\n") || "exit 9"}\n`);
  chmodSync(smi, 0o755);
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.includes(name)));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "apps/cli/src/main.ts", "doctor", "--json"],
    {
      encoding: "utf8",
      env: {
        ...inherited,
        TESSERA_HOME: join(work, "home"),
        TESSERA_CACHE: join(work, "empty"), // the sets that this machine has are not tried again in each test
        PATH: [bin, process.env.PATH].join(delimiter),
        ...environment,
      },
    },
  );
  if (!stdout.startsWith("{")) throw new Error(`doctor gave no report:\n${stderr}`);
  return { code: status, report: JSON.parse(stdout) as Report };
}

const problems = ({ findings }: Report) => findings.filter(({ level }) => level === "problem").map(({ what }) => what);
const a100s = [0, 1].map((i) => `${i}, GPU-${i}${i}, NVIDIA A100-SXM4-40GB, 40960, 550.54.15, 8.0`);

describe("on this machine", () => {
  it("starts the library that is used, says that it works, and ends with 0", () => {
    const { code, report } = doctor({
      TESSERA_TENSORFLOW: findLibrary("cpu"),
      TESSERA_WORKERS: "2",
      TESSERA_THREADS: "1",
    });
    expect(code, JSON.stringify(report.findings)).toBe(0);
    expect(report).toMatchObject({
      canTrain: true,
      versions: { node: process.versions.node, tensorflow: tensorflowVersion, tensorflowJs: "4.22.0" },
      use: {
        device: "cpu",
        library: { own: true, trial: { works: true } },
        plan: "2 workers with 1 thread each, on the CPU",
      },
    });
    expect(problems(report)).toEqual([]);
    const toInstall = expect.stringContaining("npm run tessera -- install");
    expect(report.libraries.map(({ device, own, installed, fix }) => [device, own, installed, fix])).toEqual([
      ["cpu", false, false, toInstall],
      ["cuda", false, false, toInstall],
      ["cpu", true, true, null],
    ]);
    expect(report.memory.totalBytes).toBeGreaterThan(report.memory.availableBytes);

    const text = [...reportLines(report)].join("\n");
    expect(text).toContain(`TensorFlow ${tensorflowVersion}, works`);
    expect(text).toContain(`not in ${join(work, "empty")}`);
    expect(text).toContain("A worker can train here.");

    const narrow = [...reportLines(report, 60)];
    for (const line of narrow) if (line.length > 60) expect(line.trim()).not.toContain(" "); // a path stays whole
    const words = (lines: string) => lines.split(/\s+/).join(" ");
    expect(words(narrow.join("\n"))).toBe(words(text));
    expect(narrow.filter((line) => line.startsWith("A worker"))).toHaveLength(1);
  });

  it("says of a library that is broken why, and ends with 1", () => {
    const broken = join(work, "broken");
    mkdirSync(broken);
    for (const file of libraryFiles) writeFileSync(join(broken, file), "not a library");
    const { code, report } = doctor({ TESSERA_TENSORFLOW: broken });
    expect(code).toBe(1);
    expect(report.use!.library.trial).toMatchObject({ works: false, code: "LIBRARY_UNUSABLE" });
    expect(problems(report)).toEqual([expect.stringContaining(`TensorFlow in ${broken} cannot be loaded`)]);
    expect([...reportLines(report)].at(-1)).toBe("Nothing can train here with these settings.");
  });
});

describe("with GPUs", () => {
  it("plans one worker for each, and finds out that the library is a CPU build", () => {
    const { code, report } = doctor({ TESSERA_DEVICE: "cuda", TESSERA_TENSORFLOW: findLibrary("cpu") }, a100s);
    expect(code).toBe(1);
    expect(report.gpus).toMatchObject({ driver: "550.54.15", gpus: [{ index: 0 }, { index: 1 }] });
    expect(report.use!.workers.map(({ environment }) => environment.CUDA_VISIBLE_DEVICES)).toEqual(["0", "1"]);
    expect(report.use!.library.trial).toMatchObject({ works: false, code: "NO_DEVICE", version: tensorflowVersion });
    expect(problems(report)).toEqual([expect.stringContaining("is built without CUDA")]);
    expect([...reportLines(report)].join("\n")).toMatch(
      /GPU +driver 550\.54\.15.*\n +0: NVIDIA A100-SXM4-40GB, 40960 MiB/,
    );
  });

  it("names the command where the CUDA set is not installed, and what CUDA_VISIBLE_DEVICES hides", () => {
    const { code, report } = doctor({ TESSERA_DEVICE: "cuda", CUDA_VISIBLE_DEVICES: "1,5" }, a100s);
    expect(code).toBe(1);
    expect(report.gpus.visible.map(({ token }) => token)).toEqual(["1"]);
    expect(report.findings).toEqual([
      expect.objectContaining({ level: "problem", fix: expect.stringContaining("npm run tessera -- install cuda") }),
      expect.objectContaining({
        level: "warning",
        what: expect.stringContaining('"1,5" names a GPU that is not there'),
      }),
    ]);
  });

  it("refuses an old driver and a device that is none, before any library", () => {
    const old = a100s.map((line) => line.replace("550.54.15", "470.82.01"));
    const { code, report } = doctor({ TESSERA_DEVICE: "cuda" }, old);
    expect(code).toBe(1);
    expect(problems(report)[0]).toMatch(/driver is 470\.82\.01; CUDA 12 needs 525\.60\.13 or newer/);
    const typo = doctor({ TESSERA_DEVICE: "gpu" }, a100s);
    expect(typo.code).toBe(1);
    expect(problems(typo.report)).toEqual([expect.stringContaining('expected cpu or cuda, got "gpu"')]);
  });
});

describe("the CPU", () => {
  it("is told by the instructions that matter, on x86 and on ARM", () => {
    const core = (id: number, socket: number) =>
      `processor\t: 0\nmodel name\t: EPYC 9004\nphysical id\t: ${socket}\ncore id\t\t: ${id}\nflags\t\t: fpu avx fma avx2 avx512f avx512_bf16\n\n`;
    expect(parseProcessor(core(0, 0) + core(0, 0) + core(1, 0) + core(0, 1), "x64")).toEqual({
      model: "EPYC 9004",
      physicalCores: 3, // two threads of the first are one core
      instructions: ["AVX", "FMA", "AVX2", "AVX-512", "AVX512-BF16"],
      missing: ["AVX512-VNNI", "AMX", "AMX-BF16"],
    });
    const arm = "processor\t: 0\nFeatures\t: fp asimd asimdhp asimddp sve bf16\n";
    expect(parseProcessor(arm, "arm64")).toMatchObject({
      physicalCores: null,
      instructions: ["NEON", "FP16", "dot product", "BF16", "SVE"],
      missing: ["I8MM", "SVE2"],
    });
    expect(parseProcessor("", "x64")).toEqual({ model: null, physicalCores: null, instructions: null, missing: [] });
  });
});
