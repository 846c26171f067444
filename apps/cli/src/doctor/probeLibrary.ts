/** @file Whether a set of libraries works here, asked of a child: a broken library may end the process that loads it. */
import { fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { EngineErrorCode } from "@tessera/engine/errors";
import type { Device } from "@tessera/engine/library";

export type ProbeAnswer =
  | {
      readonly works: true;
      /** The library's own. */
      readonly version: string;
      readonly tensorflowJs: string;
      readonly gpu: string | null;
      /** From nothing to the first product. */
      readonly milliseconds: number;
    }
  | {
      readonly works: false;
      readonly code: EngineErrorCode | null;
      readonly message: string;
      /** Known where the library loads and the device is what lacks. */
      readonly version: string | null;
    };

const path = fileURLToPath(new URL("./probe.ts", import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

export function probeLibrary(device: Device, environment: NodeJS.ProcessEnv): Promise<ProbeAnswer> {
  return new Promise((resolve) => {
    const child = fork(path, [device], {
      execArgv: ["--import", tsx],
      env: environment,
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    const loud = environment.TF_CPP_MIN_LOG_LEVEL !== undefined; // someone wants TensorFlow's own words
    let errors = "";
    let answer: ProbeAnswer | undefined;
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      if (loud) process.stderr.write(text);
      errors = (errors + text).slice(-2000);
    });
    child.on("message", (message) => {
      answer = message as ProbeAnswer;
    });
    const fail = (how: string) => {
      const illegal = how.endsWith("SIGILL") ? " (this CPU lacks an instruction that the library was built with)" : "";
      const last = errors.trim().split("\n").slice(-3).join(" ");
      resolve({ works: false, code: null, message: `The trial ${how}${illegal}. ${last}`.trim(), version: null });
    };
    child.on("error", (error) => fail(`could not be started: ${error.message}`));
    child.on("close", (code, signal) => {
      if (answer) resolve(answer);
      else fail(`ended with ${signal ?? `code ${code}`}`);
    });
  });
}
