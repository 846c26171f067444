/**
 * @file The demo's own path on the whole of Kvasir-SEG, official split, two arms × two seeds. Its configuration is the file beside this one.
 *
 *   npm run bench -- kvasir [--epochs N]      needs ../shared/data/kvasir-seg, or KVASIR_SEG
 *
 * It runs in a home of its own (.tessera/bench-kvasir), so a second call after a stop continues where the first one was.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Bench } from "../main.ts";

export const bench: Bench = {
  about: "Kvasir-SEG, official split: test Dice of two starting weights, and the time",
  async run(args) {
    const folder = resolve(process.env.KVASIR_SEG ?? "../shared/data/kvasir-seg");
    if (!existsSync(folder)) throw new Error(`${folder} does not exist: set KVASIR_SEG to a Kvasir-SEG folder`);
    const file = fileURLToPath(new URL("configuration.json", import.meta.url));
    const flags = Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, number>);
    const command = ["--import", "tsx", "apps/cli/src/main.ts", "demo", "--exit", "--kvasir", folder];
    for (const [flag, value] of flags) command.push(`--${flag}`, String(value));
    return JSON.parse(await lastLine([...command, ...args]));
  },
};

function lastLine(command: string[]): Promise<string> {
  const home = process.env.TESSERA_HOME ?? join(".tessera", "bench-kvasir");
  const child = spawn(process.execPath, command, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, TESSERA_HOME: home },
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  return new Promise((done, fail) => {
    child.on("exit", (code) => {
      const line = output.trim().split("\n").at(-1);
      if (code === 0 && line) done(line);
      else fail(new Error(`the demo ended with code ${code}`));
    });
  });
}
