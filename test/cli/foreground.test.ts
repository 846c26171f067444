/** @file Several workers in the foreground of one command, as a container with several GPUs runs them. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";

/** Says its name and process id, ends with 7 when it is told to, and with 0 when it is stopped. */
const child = `
  process.on("SIGTERM", () => { console.log("stopped " + process.env.NAME); process.exit(0); });
  process.on("SIGUSR2", () => process.exit(7));
  console.log("up " + process.env.NAME + " " + process.pid + ";");
  setTimeout(() => {}, 60_000);
`;

function foreground(names: readonly string[]) {
  const module = JSON.stringify(new URL("../../apps/cli/src/single/foreground.ts", import.meta.url).href);
  const code = `const { runForeground } = await import(${module});
    await runForeground(["-e", ${JSON.stringify(child)}], ${JSON.stringify(names.map((NAME) => ({ NAME })))});`;
  const process_ = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], { stdio: "pipe" });
  let said = "";
  const until = (text: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => text.test(said) && resolve();
      process_.stdout.on("data", look);
      process_.once("exit", () => reject(new Error(`ended before ${text}:\n${said}`)));
      look();
    });
  for (const stream of [process_.stdout, process_.stderr]) {
    stream.setEncoding("utf8").prependListener("data", (text: string) => {
      said += text;
    });
  }
  return { process: process_, said: () => said, until, ended: once(process_, "close") };
}

it("ends with the code of the first that ends, after the others were asked to stop", async () => {
  const command = foreground(["a", "b"]);
  await Promise.all([command.until(/up a \d+;/), command.until(/up b \d+;/)]);
  process.kill(Number(/up b (\d+);/.exec(command.said())![1]), "SIGUSR2");
  const [code] = await command.ended;
  expect(command.said()).toContain("stopped a");
  expect(code).toBe(7);
});

it("hands SIGTERM on to each and waits for them", async () => {
  const command = foreground(["a", "b"]);
  await Promise.all([command.until(/up a \d+;/), command.until(/up b \d+;/)]);
  command.process.kill("SIGTERM");
  const [code] = await command.ended;
  expect(command.said()).toContain("stopped a");
  expect(command.said()).toContain("stopped b");
  expect(code).toBe(0);
});
