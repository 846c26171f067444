/** @file The report for a person. */
import type { Library } from "./facts.ts";
import type { Finding } from "./findings.ts";
import type { Report } from "./report.ts";

const gib = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

const indent = 10;

/** The report's lines, broken between words where one is wider than `columns` characters. */
export function* reportLines(report: Report, columns = Number.POSITIVE_INFINITY): Generator<string> {
  for (const text of linesOf(report)) for (const line of text.split("\n")) yield* broken(line, columns);
}

/** What follows stands under the value of its row, or under the text after the heading. A path longer than a line stays whole. */
function* broken(line: string, columns: number): Generator<string> {
  const hang = " ".repeat(/^(Used: |Why: )/.test(line) ? 6 : /^(\S+: | {2}\S)/.test(line) ? 2 : indent);
  let rest = line;
  while (rest.length > columns) {
    const before = rest.lastIndexOf(" ", columns);
    const at = before > hang.length ? before : rest.indexOf(" ", columns);
    if (at < 0) break;
    yield rest.slice(0, at).trimEnd();
    rest = hang + rest.slice(at + 1);
  }
  yield rest;
}

function* linesOf(report: Report): Generator<string> {
  const { processor, memory, disk, versions, use, settings } = report;
  const rows: [string, string][] = [
    ["Tessera", `${versions.tessera}, Node ${versions.node}, TensorFlow.js ${versions.tensorflowJs}`],
    ["CPU", cpu(report)],
    [
      "memory",
      `${gib(memory.totalBytes)}${memory.limitBytes === null ? "" : `, limited to ${gib(memory.limitBytes)} (control group)`}, ${gib(memory.availableBytes)} free`,
    ],
    ["GPU", gpus(report)],
    ["home", `${disk.home}, ${(disk.freeBytes / 1e9).toFixed(0)} GB free`],
    ["database", process.env.DATABASE_URL ? "DATABASE_URL" : `embedded, in ${settings.database}`],
    ...report.libraries.map((library): [string, string] => [library.own ? "own" : library.device, describe(library)]),
  ];
  if (processor.missing.length > 0) rows.splice(2, 0, ["", `without ${processor.missing.join(", ")}`]);
  for (const [name, value] of rows) yield `${name.padEnd(indent)}${value}`;
  yield "";
  if (use === null) yield "Used: nothing; see below.";
  else {
    const memoryLimit =
      use.gpuMemoryMiB === null ? "" : `, at most ${use.gpuMemoryMiB} MiB of each GPU (TESSERA_GPU_MEMORY)`;
    yield `Used: TensorFlow ${versions.tensorflow ?? "(none)"} in ${use.library.directory}; ${use.plan}${memoryLimit}.`;
    yield `Why:  ${why(report)}.`;
  }
  for (const finding of report.findings) yield* finded(finding);
  yield "";
  yield report.canTrain ? "A worker can train here." : "Nothing can train here with these settings.";
}

function cpu({ processor: { model, architecture, physicalCores, usableThreads, instructions } }: Report): string {
  const cores = physicalCores === null ? "" : `${physicalCores} core${physicalCores === 1 ? "" : "s"}, `;
  return `${model} (${architecture}), ${cores}${usableThreads} usable threads; ${instructions?.join(" ") ?? "instructions not told by this system"}`;
}

function gpus({ gpus: { gpus, visible, driver, problem, CUDA_VISIBLE_DEVICES }, versions }: Report): string {
  if (gpus.length === 0)
    return driver === null ? (problem ?? "none (no NVIDIA driver)") : `driver ${driver}, ${problem}`;
  const list = gpus.map(({ index, name, memoryMiB, computeCapability }) => {
    const used = visible.some(({ gpu }) => gpu?.index === index) ? "" : ", hidden";
    return `${index}: ${name}${memoryMiB === null ? "" : `, ${memoryMiB} MiB`}, compute capability ${computeCapability ?? "unknown"}${used}`;
  });
  const shown = CUDA_VISIBLE_DEVICES === null ? "" : `; CUDA_VISIBLE_DEVICES="${CUDA_VISIBLE_DEVICES}"`;
  return [`driver ${driver} (${versions.oldestDriver} or newer is needed)${shown}`, ...list].join(
    `\n${" ".repeat(indent)}`,
  );
}

function describe({ directory, fix, trial, wheels }: Library): string {
  if (fix !== null) return `not in ${directory}. ${fix}`;
  const cudnn = wheels?.["nvidia-cudnn-cu12"];
  const parts = cudnn ? `, CUDA ${wheels["nvidia-cuda-runtime-cu12"]}, cuDNN ${cudnn}` : "";
  const version = trial?.version ? `TensorFlow ${trial.version}${parts}` : "installed";
  if (trial?.works)
    return `${version}, works (${(trial.milliseconds / 1000).toFixed(1)} s to start${trial.gpu ? `, on ${trial.gpu}` : ""}); ${directory}`;
  return trial?.code === "NO_DEVICE"
    ? `${version}, no device for it here; ${directory}`
    : `${version}, does not work; ${directory}`;
}

function why({ use }: Report): string {
  const asked = (name: string, otherwise: string) => (process.env[name] ? `${name}=${process.env[name]}` : otherwise);
  return [
    asked("TESSERA_DEVICE", "TESSERA_DEVICE is not set: cpu"),
    asked("TESSERA_TENSORFLOW", "TESSERA_TENSORFLOW is not set: the installed set"),
    asked("TESSERA_WORKERS", `TESSERA_WORKERS is not set: ${use?.device === "cuda" ? "one per GPU" : "one"}`),
    asked("TESSERA_THREADS", "TESSERA_THREADS is not set: all the CPU has, shared"),
  ].join("; ");
}

const heading = { problem: "Problem", warning: "Warning", note: "Note" } as const;

function* finded({ level, what, fix }: Finding): Generator<string> {
  yield "";
  yield `${heading[level]}: ${what}${what.endsWith(".") ? "" : "."}`;
  if (fix !== null) yield `  ${fix}${fix.endsWith(".") ? "" : "."}`;
}
