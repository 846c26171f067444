/** @file Stopped after step 57 and continued in another process, against never stopped: every optimiser, every extra. */
import { fork } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readCheckpoint } from "@tessera/training/checkpoint";
import { afterAll, expect, it } from "vitest";
import type { Task } from "./support/optimizerProcess.ts";

const stopped = 57;
const end = stopped + 50;
const directories = ["whole", "stopped"].map((name) => mkdtempSync(join(tmpdir(), `tessera-${name}-`)));
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true });
});

function inAProcess(task: Task): Promise<Record<string, number[]>> {
  const path = fileURLToPath(new URL("./support/optimizerProcess.ts", import.meta.url));
  const child = fork(path, [JSON.stringify(task)], { execArgv: ["--import", "tsx"], serialization: "advanced" });
  return new Promise((resolve, reject) => {
    child.on("message", (message) => resolve(message as Record<string, number[]>));
    child.on("exit", (code) => reject(new Error(`exited with ${code}`)));
  });
}

it("the next 50 losses, and all that is saved after them, are the same bit for bit", async () => {
  const [wholeDirectory, stoppedDirectory] = directories as [string, string];
  const inTwo = async () => {
    const before = await inAProcess({ from: 0, to: stopped, directory: stoppedDirectory });
    const after = await inAProcess({ from: stopped, to: end, directory: stoppedDirectory });
    return { before, after };
  };
  const [whole, { before, after }] = await Promise.all([
    inAProcess({ from: 0, to: end, directory: wholeDirectory }),
    inTwo(),
  ]);
  expect(Object.keys(whole)).toHaveLength(9);
  for (const [name, losses] of Object.entries(whole)) {
    expect([...before[name]!, ...after[name]!], name).toEqual(losses);
    expect(losses.at(-1), name).toBeLessThan(losses[0]!);
  }
  const files = readdirSync(wholeDirectory);
  expect(files).toHaveLength(9);
  for (const file of files) {
    const [a, b] = [wholeDirectory, stoppedDirectory].map((directory) => readFileSync(join(directory, file)));
    expect(b!.equals(a!), file).toBe(true);
  }
  // Each pair of runs differs, so that nothing above is equal for having been left out.
  const finals = Object.values(whole).map((losses) => losses.at(-1)!);
  const averaged = Object.keys(whole).filter((name) => name.endsWith("-average"));
  expect(new Set(finals).size).toBe(9 - averaged.length); // an average changes what is scored, not the training
  for (const name of averaged) {
    const { weights, average } = readCheckpoint(readFileSync(join(wholeDirectory, `${name}.safetensors`)));
    expect([...average!.keys()]).toEqual([...weights.keys()]);
    expect(average!.get("head/kernel")!.data).not.toEqual(weights.get("head/kernel")!.data);
  }
}, 240_000); // ten seconds of work, on a machine with nothing else to do
