/** @file The cli as a child process, as a terminal would run it. */
import { type ChildProcess, spawn } from "node:child_process";

export interface Cli {
  readonly child: ChildProcess;
  readonly pid: number;
  /** All it has said on stderr and stdout so far. */
  readonly said: () => { stdout: string; stderr: string };
  /** Resolves with the exit code, or null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Resolves when stderr holds this; rejects when the cli ends before. */
  until(text: string): Promise<void>;
}

const started = new Set<ChildProcess>();

export function runCli(home: string, args: readonly string[], webPort: number): Cli {
  const child = spawn(process.execPath, ["--import", "tsx", "apps/cli/src/main.ts", ...args], {
    env: { ...process.env, TESSERA_HOME: home, TESSERA_WEB_PORT: String(webPort), TESSERA_THREADS: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.add(child);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (text) => {
    stdout += text;
  });
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  const ended = new Promise<number | null>((resolve) => child.on("exit", (code) => resolve(code)));
  const until = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => stderr.includes(text) && resolve();
      child.stderr.on("data", look);
      look();
      ended.then(() => reject(new Error(`The cli ended before it said "${text}":\n${stderr}`)));
    });
  return { child, pid: child.pid!, said: () => ({ stdout, stderr }), ended, until };
}

/** For afterAll: whatever a failed test left running is asked to stop, and waited for. */
export async function stopAll(): Promise<void> {
  await Promise.all(
    [...started].map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
    }),
  );
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
