/** @file One process of the product in the foreground, as a container runs it: same output, same signals, same exit code. */
import { spawn } from "node:child_process";
import { repository } from "../settings.ts";

export function runForeground(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<never> {
  const child = spawn(process.execPath, args, { cwd: repository, stdio: "inherit", env: { ...process.env, ...env } });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  return new Promise(() => {
    child.on("exit", (code) => process.exit(code ?? 1));
  });
}
