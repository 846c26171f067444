import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";

const directory = mkdtempSync(join(tmpdir(), "tessera-engine-"));
afterAll(() => rmSync(directory, { recursive: true }));

const script = new URL("./support/process.ts", import.meta.url).pathname;

async function train(task: { threads: number; steps: number; load?: string; save?: string }): Promise<number[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script, JSON.stringify(task)]);
  return JSON.parse(stdout) as number[];
}

describe("a U-Net trained in separate processes", () => {
  it.each([1, 2])("has the same losses, bit for bit, on %i thread(s)", async (threads) => {
    const first = await train({ threads, steps: 6 });
    expect(await train({ threads, steps: 6 })).toEqual(first);
    expect(first[5]).toBeLessThan(first[0]!);
  });

  it("continues bit for bit where another process stopped", async () => {
    const save = join(directory, "state.json");
    const whole = await train({ threads: 1, steps: 8 });
    const begun = await train({ threads: 1, steps: 4, save });
    const continued = await train({ threads: 1, steps: 4, load: save });
    expect([...begun, ...continued]).toEqual(whole);
  });
});
