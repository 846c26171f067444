/** @file Processes of the product in the foreground, as a container runs them: same output, same signals, same exit code. */
import { spawn } from "node:child_process";
import { repository } from "../settings.ts";

type Environment = Readonly<Record<string, string>>;

/**
 * Runs `node args…` once per environment. When one ends by itself the others are told to stop and its exit code is ours:
 * whoever started this starts all of them again.
 */
export function runForeground(args: readonly string[], environments: readonly Environment[] = [{}]): Promise<never> {
  const children = environments.map((env) =>
    spawn(process.execPath, args, { cwd: repository, stdio: "inherit", env: { ...process.env, ...env } }),
  );
  let asked = false; // a second signal would end them at once
  const stop = () => {
    asked = true;
    for (const child of children) child.kill("SIGTERM");
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", () => {
    asked = true; // a terminal's Ctrl-C reaches the children itself
  });
  let first: number | undefined;
  let left = children.length;
  return new Promise(() => {
    for (const child of children) {
      child.on("exit", (code) => {
        if (!asked) stop();
        first ??= code ?? 1;
        if (--left === 0) process.exit(first);
      });
    }
  });
}
