import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { openImaging } from "@tessera/imaging/client";
import { afterEach, expect, it } from "vitest";
import { pipeline, ramp } from "./pictures.ts";

const jpeg = await pipeline(ramp(64, 64)).jpeg().toBuffer();
const slow = await pipeline(ramp(4000, 4000)).png({ compressionLevel: 1 }).toBuffer(); // a few hundred ms to decode
let imaging = openImaging();
afterEach(() => imaging.close());

const alive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

it("a decoder that crashes fails only its own request", async () => {
  imaging = openImaging({ processes: 1 });
  await imaging.probe(jpeg);
  const [first] = imaging.processIds();
  const doomed = imaging.image(slow);
  const waiting = [imaging.image(jpeg), imaging.image(jpeg)];
  process.kill(first!, "SIGSEGV");
  await expect(doomed).rejects.toMatchObject({
    code: "BAD_FILE",
    message: expect.stringContaining("ended by SIGSEGV"),
  });
  for (const each of waiting) expect(await each).toMatchObject({ width: 64 });
  expect(imaging.processIds()).not.toContain(first);
});

it("a decoder that is killed, as where memory runs out, does not refuse the file: it is read by another", async () => {
  imaging = openImaging({ processes: 1 });
  await imaging.probe(jpeg);
  const killed = imaging.image(slow);
  process.kill(imaging.processIds()[0]!, "SIGKILL");
  expect(await killed).toMatchObject({ width: 4000 });
});

it("a request whose decoders are killed twice is UNAVAILABLE, and the next one is answered", async () => {
  imaging = openImaging({ processes: 1 });
  await imaging.probe(jpeg);
  const [first] = imaging.processIds();
  const doomed = expect(imaging.image(slow)).rejects.toMatchObject({
    code: "UNAVAILABLE",
    message: expect.stringContaining("memory"),
  });
  const next = imaging.image(jpeg);
  process.kill(first!, "SIGKILL");
  await until(() => imaging.processIds().some((pid) => pid !== first));
  process.kill(imaging.processIds()[0]!, "SIGKILL");
  await doomed;
  expect(await next).toMatchObject({ width: 64 });
});

it("an idle decoder that dies is replaced unnoticed", async () => {
  imaging = openImaging({ processes: 1 });
  await imaging.probe(jpeg);
  const [first] = imaging.processIds();
  process.kill(first!, "SIGKILL");
  await until(() => imaging.processIds().length === 0);
  expect(await imaging.probe(jpeg)).toMatchObject({ width: 64 });
});

it("a decoder that is dead, which nobody has noticed yet, is not the fault of the file that it is given", async () => {
  imaging = openImaging({ processes: 1 });
  await imaging.probe(jpeg);
  process.kill(imaging.processIds()[0]!, "SIGKILL");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200); // it dies; its end is an event that waits
  expect(await imaging.probe(jpeg)).toMatchObject({ width: 64 });
});

it("a request over its time limit is refused and its decoder ended", async () => {
  imaging = openImaging({ processes: 1, limitMs: 20 }); // shorter than a child takes to start
  await expect(imaging.image(slow)).rejects.toMatchObject({
    code: "BAD_FILE",
    message: expect.stringContaining("longer than 0.02 s"),
  });
  expect(imaging.processIds()).toEqual([]);
});

it("close refuses what is under way and what comes after", async () => {
  imaging = openImaging({ processes: 2 });
  await imaging.probe(jpeg);
  const pids = imaging.processIds();
  const underWay = [imaging.image(slow), imaging.image(slow), imaging.image(slow)].map((each) =>
    expect(each).rejects.toMatchObject({ code: "UNAVAILABLE" }),
  );
  await imaging.close();
  await Promise.all(underWay);
  await expect(imaging.probe(jpeg)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(pids.filter(alive)).toEqual([]);
});

it("a decoder exits when its parent is killed", async () => {
  const client = new URL("../../src/imaging/client.ts", import.meta.url).href;
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const script = `import { openImaging } from ${JSON.stringify(client)};
    const imaging = openImaging({ processes: 1 });
    const png = await imaging.encodeMask(new Uint8Array(4), 2, 2);
    console.log(imaging.processIds()[0], png.length);
    setInterval(() => undefined, 1000);`;
  const parent = spawn(process.execPath, ["--import", tsx, "--input-type=module", "-e", script], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(parent.stdout, "data")) as [Buffer];
  const pid = Number(line.toString().split(" ")[0]);
  expect(alive(pid)).toBe(true);
  parent.kill("SIGKILL");
  await until(() => !alive(pid));
});
