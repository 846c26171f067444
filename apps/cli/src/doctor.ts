/** @file `tessera doctor`: what this machine has, and what Tessera would use. */
import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { availableParallelism, cpus, totalmem } from "node:os";
import { findLibrary } from "@tessera/engine/library";
import { readSettings, repository } from "./settings.ts";

export async function run(): Promise<void> {
  const settings = readSettings();
  const { bavail, bsize } = await statfs(settings.home);
  const lines: [string, string][] = [
    ["Node", process.version],
    ["CPU", `${availableParallelism()} × ${cpus()[0]?.model ?? "unknown"}`],
    ["memory", `${(totalmem() / 2 ** 30).toFixed(1)} GiB`],
    ["home", `${settings.home}, ${((bavail * bsize) / 1e9).toFixed(0)} GB free`],
    ["database", process.env.DATABASE_URL ? "DATABASE_URL" : `embedded, in ${settings.database}`],
    ["TensorFlow", library()],
    ["dashboard", existsSync(`${repository}/apps/web/.next/BUILD_ID`) ? "built" : "not built: npm start builds it"],
    [
      "workers",
      `${settings.workers}, ${settings.threads} TensorFlow thread(s) each (TESSERA_WORKERS, TESSERA_THREADS)`,
    ],
  ];
  for (const [name, value] of lines) console.log(`${name.padEnd(12)}${value}`);
}

function library(): string {
  try {
    return findLibrary();
  } catch (error) {
    return (error as Error).message;
  }
}
