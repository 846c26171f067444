import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Spool } from "@tessera/worker/spool/spool";
import { adoptLeftovers, ownSpools } from "@tessera/worker/spool/spoolDirectory";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { batch } from "./support/spoolRecords.ts";

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tessera-spool-"));
  path = join(directory, "a.spool");
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** All records, read in order and acknowledged. */
async function drain(spool: Spool): Promise<unknown[]> {
  const records: unknown[] = [];
  for (let record = await spool.peek(); record !== null; record = await spool.peek()) {
    records.push(record);
    await spool.acknowledge();
  }
  return records;
}

describe("a spool", () => {
  it("gives records back in order, NaN and infinities too, also to the next process", async () => {
    const values = [Number.NaN, Number.POSITIVE_INFINITY, -0, 0.1];
    const spool = await Spool.open(path);
    await Promise.all(values.map((value, i) => spool.append(batch(i + 1, value)))); // in the order of the calls
    await spool.close();
    const next = await Spool.open(path);
    expect(next.length).toBe(4);
    expect(await drain(next)).toEqual(values.map((value, i) => batch(i + 1, value)));
    await next.close();
  });

  it("keeps what was not acknowledged, and empties its file when all is", async () => {
    const spool = await Spool.open(path);
    await spool.append(batch(1));
    await spool.append(batch(2));
    await spool.acknowledge();
    expect(await spool.peek()).toEqual(batch(2));
    expect(spool.size).toBeGreaterThan(0);
    await spool.acknowledge();
    expect(await spool.peek()).toBeNull();
    expect(statSync(path).size).toBe(0);
    await spool.append(batch(3));
    expect(await drain(spool)).toEqual([batch(3)]);
    await spool.close();
  });

  it.each([
    { what: "half a record", tear: () => truncateSync(path, statSync(path).size - 5) },
    { what: "half a header", tear: () => appendFileSync(path, Buffer.from([9, 0, 0])), kept: 3 },
    { what: "zeros", tear: () => appendFileSync(path, Buffer.alloc(100)), kept: 3 },
    {
      what: "an altered byte in the last record",
      tear: () => {
        const bytes = readFileSync(path);
        bytes[bytes.length - 1]! ^= 1;
        writeFileSync(path, bytes);
      },
    },
  ])("cuts off $what at its end, and goes on from there", async ({ tear, kept = 2 }) => {
    const spool = await Spool.open(path);
    for (const sequence of [1, 2, 3]) await spool.append(batch(sequence));
    await spool.close();
    tear();
    const next = await Spool.open(path);
    expect(next.length).toBe(kept);
    await next.append(batch(9));
    expect(await drain(next)).toEqual([...[1, 2, 3].slice(0, kept).map((sequence) => batch(sequence)), batch(9)]);
    await next.close();
  });

  it("says when something changed", async () => {
    const spool = await Spool.open(path);
    const changed = spool.changed();
    await spool.append(batch(1));
    await changed;
    await spool.remove();
    expect(() => statSync(path)).toThrow("ENOENT");
  });
});

describe("the folder of spools", () => {
  const runId = "00000000-0000-4000-8000-000000000001";

  /** A folder as a worker leaves it that was killed: its process is not there. */
  function leave(name: string, owner: object, inside = ""): void {
    const folder = join(directory, `worker-${name}`);
    mkdirSync(join(folder, inside), { recursive: true });
    writeFileSync(join(folder, "owner.json"), JSON.stringify(owner));
    writeFileSync(join(folder, inside, `${runId}.3.spool`), "");
  }

  it("is taken over where its process is gone, also what that one had taken over", async () => {
    const own = await ownSpools(directory);
    const { host } = JSON.parse(readFileSync(join(own.directory, "owner.json"), "utf8"));
    leave("gone", { host, pid: 2 ** 22 + 1, started: "1" }, "worker-before");
    leave("reused", { host, pid: process.pid, started: "1" }); // the id was given to another process
    const found = await adoptLeftovers(directory, own);
    expect(found.map(({ attempt }) => attempt)).toEqual([3, 3]);
    expect(found.every((each) => each.runId === runId && each.path.startsWith(own.directory))).toBe(true);
    expect(await adoptLeftovers(directory, await ownSpools(directory))).toEqual([]); // ours now
    rmSync(found[0]!.path);
    await own.tidy();
    const taken = readdirSync(own.directory).filter((name) => name !== "owner.json");
    expect(taken).toHaveLength(1); // the other one still holds a spool
    expect(found[1]!.path).toContain(taken[0]);
  });

  it("is left alone where its process lives, here or, touched lately, on another host", async () => {
    const own = await ownSpools(directory);
    const living = await ownSpools(directory);
    writeFileSync(living.pathOf(runId, 1), "");
    leave("elsewhere", { host: "another-host", pid: 1, started: "1" });
    expect(await adoptLeftovers(directory, own)).toEqual([]);
    await living.removeIfEmpty();
    expect(statSync(living.pathOf(runId, 1)).isFile()).toBe(true); // not empty: it stays
  });
});
