import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as tf from "@tensorflow/tfjs";
import { initEngine } from "@tessera/engine/backend";
import { ownBytes } from "@tessera/engine/gpuMemory";
import { memoryUse, peakMemory, resetPeakMemory } from "@tessera/engine/memory";
import { beforeAll, describe, expect, it } from "vitest";
import type { LeakSample } from "./support/leak.ts";

const MB = 1e6;

describe("memoryUse and peakMemory", () => {
  beforeAll(() => initEngine({ threads: 1 }));

  it("count tensors, their bytes and the handles behind them", () => {
    const before = memoryUse();
    const kept = tf.tidy(() => tf.zeros([10, 10]).add(1));
    const after = memoryUse();
    kept.dispose();
    expect(after.tensors - before.tensors).toBe(1);
    expect(after.tensorBytes - before.tensorBytes).toBe(10 * 10 * 4);
    expect(after.handles - before.handles).toBe(1);
    expect(after.residentBytes).toBeGreaterThan(after.heapBytes);
    expect(memoryUse().handles).toBe(before.handles);
  });

  it("the peak holds what is gone again, until it is reset", () => {
    const before = peakMemory().residentBytes;
    expect(before).toBeGreaterThanOrEqual(memoryUse().residentBytes * 0.9);
    const large = new ArrayBuffer(before); // more than the process has ever held
    new Uint8Array(large).fill(1);
    const peak = peakMemory().residentBytes;
    expect(peak - before).toBeGreaterThan(before / 2);
    large.transfer(0); // frees it at once
    expect(peakMemory().residentBytes).toBeGreaterThan(peak * 0.99); // the kernel counts in batches
    if (resetPeakMemory()) expect(peakMemory().residentBytes).toBeLessThan(peak - before / 2);
  });

  it("finds this process among those that the GPU's driver tells of", () => {
    const records = Buffer.alloc(3 * 24);
    for (const [i, pid] of [7, 8, 9].entries()) {
      records.writeUInt32LE(pid, i * 24);
      records.writeBigUInt64LE(pid === 9 ? 2n ** 64n - 1n : BigInt(pid) * 2n ** 30n, i * 24 + 8);
    }
    expect(ownBytes(records, 3, 8)).toBe(8 * 2 ** 30);
    expect(ownBytes(records, 3, 10)).toBeNull();
    expect(ownBytes(records, 1, 8)).toBeNull(); // beyond the records that the driver wrote
    expect(ownBytes(records, 3, 9)).toBeNull(); // the driver does not know
  });
});

describe("compiled steps", () => {
  const script = new URL("./support/leak.ts", import.meta.url).pathname;

  async function run(steps: number, leak: "nothing" | "handle" | "status" | "memory") {
    const command = ["--expose-gc", "--import", "tsx", script, String(steps), leak];
    const { stdout } = await promisify(execFile)(process.execPath, command);
    const { samples, traces } = JSON.parse(stdout) as { samples: LeakSample[]; traces: number };
    return { traces, warm: samples.slice(Math.floor(samples.length / 2) - 1) };
  }

  /** What must be the same after every round of steps. */
  const objects = ({ tensors, tensorBytes, handles, live }: LeakSample) => ({ tensors, tensorBytes, handles, live });
  const growth = (samples: readonly LeakSample[], field: "residentBytes" | "nativeBytes") =>
    (samples.at(-1)![field] ?? 0) - (samples[0]![field] ?? 0);

  /** Over a thousand steps and a hundred recordings. */
  const mostNative = 3 * MB;
  const mostResident = 16 * MB;

  it("leave nothing behind over 2,000 steps: objects exactly, memory within bounds", async () => {
    const { warm, traces } = await run(2000, "nothing");
    expect(traces).toBeGreaterThan(150); // recordings were dropped and made again
    for (const sample of warm) expect(objects(sample)).toEqual(objects(warm[0]!));
    expect(warm[0]!.live.handles).toBe(warm[0]!.handles); // TensorFlow's count and ours
    expect(growth(warm, "nativeBytes")).toBeLessThan(mostNative);
    expect(growth(warm, "residentBytes")).toBeLessThan(mostResident);
  }, 300_000);

  it("would be caught: one handle a step, one status a step, 16 kB a step", async () => {
    const handle = (await run(400, "handle")).warm;
    expect(handle[1]!.handles - handle[0]!.handles).toBe(200);
    expect(handle[1]!.live.handles - handle[0]!.live.handles).toBe(200);
    const status = (await run(400, "status")).warm;
    expect(status[1]!.live.statuses - status[0]!.live.statuses).toBe(200);
    const memory = (await run(1200, "memory")).warm;
    expect(memory.map(objects)).toEqual(memory.map(() => objects(memory[0]!)));
    expect(growth(memory, "nativeBytes") > mostNative || growth(memory, "residentBytes") > mostResident).toBe(true);
  }, 300_000);
});
