/** @file One side of a comparison: a process that stays alive, and answers one request at a time (protocol.ts). */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Delay, MeasureDelay, Prepare, Prepared, Ran, Request, Run } from "./protocol.ts";

type Answer<R extends Request> = R extends Prepare
  ? Prepared
  : R extends Run
    ? Ran
    : R extends MeasureDelay
      ? Delay
      : never;

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export class Child {
  private readonly name: string;
  private readonly process: ChildProcess;
  private readonly lines: Interface;
  private readonly gone: Promise<string>;

  private constructor(name: string, program: string, args: readonly string[], environment: NodeJS.ProcessEnv) {
    this.name = name;
    this.process = spawn(program, args, {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, ...environment },
    });
    this.process.stdin!.on("error", () => undefined); // said by `gone`
    this.lines = createInterface({ input: this.process.stdout! });
    const kill = () => this.process.kill("SIGKILL");
    process.once("exit", kill);
    this.gone = new Promise<string>((resolve) => {
      this.process.on("error", ({ message }) => resolve(message));
      this.process.on("close", (code, signal) => resolve(signal ?? `code ${code}`));
    }).finally(() => process.removeListener("exit", kill));
  }

  static ours(): Child {
    return new Child("Tessera", process.execPath, ["--import", "tsx", path("ours.ts")], {});
  }

  static torch(python: string, name: string, threads: number): Child {
    const count = String(threads);
    const environment = { OMP_NUM_THREADS: count, MKL_NUM_THREADS: count, PYTHONPATH: path("../parity") };
    return new Child(name, python, [path("peer.py")], environment);
  }

  /** @throws Error when the process ends, or does not answer within so many seconds: it is killed then */
  async ask<R extends Request>(request: R, seconds = 3600): Promise<Answer<R>> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, fail) => {
      timer = setTimeout(() => {
        this.process.kill("SIGKILL");
        fail(new Error(`${this.name} did not answer within ${seconds} s`));
      }, 1000 * seconds);
    });
    const ended = this.gone.then((how) => {
      throw new Error(`${this.name} ended (${how}) at "${request.do}"; see above`);
    });
    const answer = new Promise<string>((done) => {
      this.lines.once("line", done);
    });
    this.process.stdin!.write(`${JSON.stringify(request)}\n`);
    try {
      return JSON.parse(await Promise.race([answer, ended, late])) as Answer<R>;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the process; it may have ended before. */
  async stop(): Promise<void> {
    this.process.stdin!.end();
    await this.gone;
  }
}
