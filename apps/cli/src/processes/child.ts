/**
 * @file Starting and stopping one process of the product.
 *
 * Each gets its own process group, so that Ctrl-C in the terminal reaches only the cli, which then stops them in order.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { DomainError } from "@tessera/domain/errors";
import { repository } from "../settings.ts";

export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
  /** Resolves when the process has ended, with a short reason. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** Longer than a worker takes at most to checkpoint and to empty its spool. */
const stopPatience = 40_000;

/**
 * Starts `node args…`, writes its output to `logFile`, and waits until a line on its stdout satisfies `ready`.
 * @throws DomainError UNAVAILABLE with the last lines of its output when it ends before that.
 */
export async function startProcess<T>(options: {
  name: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  logFile: string;
  ready: (line: string) => T | undefined;
}): Promise<{ process: RunningProcess; value: T }> {
  const child = spawn(process.execPath, options.args, {
    cwd: repository,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...options.env },
  });
  const log = createWriteStream(options.logFile, { flags: "a" });
  const lastLines: string[] = [];
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ? `ended by ${signal}` : `ended with code ${code}`));
  });
  const value = await new Promise<T>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        log.write(`${line}\n`);
        lastLines.push(line);
        if (lastLines.length > 15) lastLines.shift();
        const found = stream === child.stdout ? options.ready(line) : undefined;
        if (found !== undefined) resolve(found);
      });
    }
    ended.then((reason) => {
      const output = lastLines.join("\n  ");
      const message = `${options.name} ${reason} while starting; the end of ${options.logFile}:\n  ${output}`;
      reject(new DomainError("UNAVAILABLE", message, { process: options.name }));
    });
  });
  return { process: { name: options.name, pid: child.pid!, ended, stop: () => stopGroup(child, ended) }, value };
}

async function stopGroup(child: ChildProcess, ended: Promise<string>): Promise<void> {
  const signalGroup = (signal: NodeJS.Signals) => {
    try {
      process.kill(-child.pid!, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error; // it has ended already
    }
  };
  signalGroup("SIGTERM");
  const timer = setTimeout(() => signalGroup("SIGKILL"), stopPatience);
  await ended;
  clearTimeout(timer);
  signalGroup("SIGKILL"); // what the process left in its group
}
