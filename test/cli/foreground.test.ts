/** @file Several workers in the foreground of one command, as a container with several GPUs runs them. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";

/**
 * Says its name and process id, ends with 7 when it is told to, and with 0 when it is stopped: a at once, the others a while
 * later, unless they are told twice.
 */
const child = `
  let asked = 0;
  const stop = () => {
    if (++asked > 1) { console.log("cut short " + process.env.NAME); process.exit(1); }
    const end = () => { console.log("stopped " + process.env.NAME); process.exit(0); };
    if (process.env.NAME === "a") end(); else setTimeout(end, 700);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  process.on("SIGUSR2", () => process.exit(7));
  console.log("up " + process.env.NAME + " " + process.pid + ";");
  setTimeout(() => {}, 60_000);
`;

function foreground(names: readonly string[], { detached = false } = {}) {
  const module = JSON.stringify(new URL("../../apps/cli/src/single/foreground.ts", import.meta.url).href);
  const code = `const { runForeground } = await import(${module});
    await runForeground(["-e", ${JSON.stringify(child)}], ${JSON.stringify(names.map((NAME) => ({ NAME })))});`;
  const process_ = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
    stdio: "pipe",
    detached,
  });
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

it("lets each stop in its own time after a terminal's Ctrl-C, which reaches all of them", async () => {
  const command = foreground(["a", "b"], { detached: true });
  await Promise.all([command.until(/up a \d+;/), command.until(/up b \d+;/)]);
  process.kill(-command.process.pid!, "SIGINT");
  const [code] = await command.ended;
  expect(command.said()).toMatch(/stopped a.*stopped b/s);
  expect(code).toBe(0);
});

it("hands SIGTERM on to each and waits for them", async () => {
  const command = foreground(["a", "b"]);
  await Promise.all([command.until(/up a \d+;/), command.until(/up b \d+;/)]);
  command.process.kill("SIGTERM");
  const [code] = await command.ended;
  expect(command.said()).toMatch(/stopped a.*stopped b/s);
  expect(code).toBe(0);
});
