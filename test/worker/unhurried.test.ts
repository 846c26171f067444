/** Long work of the worker's main process leaves room for what else waits: a lease that is not renewed in time is a lost worker. */
import { readBagTable } from "@tessera/domain/import/bagTable";
import { describe, expect, it } from "vitest";
import { unhurried } from "../../apps/worker/src/imports/unhurried.ts";

const giveUpMs = 20_000;

describe("work in pieces", () => {
  it("lets a timer in before it is over, and ends with what the work returns", async () => {
    let heard = 0;
    const heartbeat = setInterval(() => heard++, 1);
    const started = performance.now();
    function* work(): Generator<void, string> {
      while (heard < 3) {
        if (performance.now() - started > giveUpMs) return "nobody was heard";
        yield;
      }
      return "done";
    }
    expect(await unhurried(work())).toBe("done");
    clearInterval(heartbeat);
  });

  it("fails as the work does", async () => {
    await expect(unhurried(readBagTable("", null))).rejects.toThrow("it is empty");
  });

  it("is a table of bags, line by line", () => {
    const lines = Array.from({ length: 500 }, (_, line) => `${line % 10},${line % 2},${line},0.5`);
    const reading = readBagTable(["bag,label,a,b", ...lines].join("\n"), null);
    let stops = 0;
    let step = reading.next();
    for (; !step.done; step = reading.next()) stops++;
    expect(stops).toBe(500);
    expect(step.value.bags.map(({ tiles }) => tiles.tiles)).toEqual(Array(10).fill(50));
  });
});
