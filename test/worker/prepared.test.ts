import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";
import { type Imaging, openImaging } from "@tessera/imaging/client";
import { openObjects } from "@tessera/objects/localObjects";
import type { Objects } from "@tessera/objects/objects";
import { freeMemory } from "@tessera/worker/trainer/freeMemory";
import { cacheLimit, makeRoom } from "@tessera/worker/trainer/preparedCache";
import { openPreparedItems, type PrepareOptions } from "@tessera/worker/trainer/preparedItems";
import type { JobItem } from "@tessera/worker/trainer/protocol";
import { afterAll, expect, it } from "vitest";

const root = mkdtempSync(join(tmpdir(), "tessera-prepared-"));
const imaging = openImaging({ processes: 1 });
afterAll(async () => {
  await imaging.close();
  rmSync(root, { recursive: true, force: true });
});

const teamId = "00000000-0000-4000-8000-000000000001";
const objects = openObjects({ directory: join(root, "objects") });
const size = 32;
const maskOf = (item: number) => Uint8Array.from({ length: size * size }, (_, i) => (i % (item + 2) === 0 ? 1 : 0));

/** Items whose images are their masks. */
async function jobItems(count: number): Promise<JobItem[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, item) => {
      const { sha256 } = await objects.put(teamId, await imaging.encodeMask(maskOf(item), size, size));
      return { itemId: `item ${item}`, sha256, maskSha256: sha256, fold: "train" as const };
    }),
  );
}

/** Counts what is decoded; a `gate` holds each back until it resolves. */
function counted(gate: () => Promise<void> = () => Promise.resolve()) {
  let images = 0;
  const prepareImage: Imaging["prepareImage"] = async (...args) => {
    images++;
    await gate();
    return imaging.prepareImage(...args);
  };
  return { imaging: { ...imaging, prepareImage }, images: () => images };
}

const optionsFor = (items: readonly JobItem[], directory: string): PrepareOptions => ({
  teamId,
  items,
  size,
  directory,
  memoryBytes: 2 ** 30,
  objects,
  imaging,
  parallel: 1,
  order: items.map((_, index) => index),
});

/** What is read of every item, in order, and whether a file was written. */
async function readAll(options: PrepareOptions) {
  const prepared = await openPreparedItems(options);
  const pixels = await Promise.all(prepared.items.map((item) => item.read()));
  const { decoded: filled } = await prepared.filled;
  await prepared.close();
  return { pixels, filled };
}

it("decodes once, reads what is whole, and decodes again what was damaged", async () => {
  const directory = join(root, "prepared");
  const items = await jobItems(3);
  const decoders = counted();
  const options = { ...optionsFor(items, directory), imaging: decoders.imaging };
  const first = await readAll(options);
  expect(first.filled).toBe(3);
  expect(first.pixels.map(({ mask }) => mask)).toEqual([0, 1, 2].map(maskOf));
  expect(decoders.images()).toBe(3); // also where a read and the filling want the same item
  expect(await readAll(options)).toEqual({ ...first, filled: 0 });
  expect(decoders.images()).toBe(3);

  const [file] = readdirSync(directory);
  const path = join(directory, file!);
  const bytes = readFileSync(path);
  bytes[5 * size * size]! ^= 1; // within the second record
  writeFileSync(path, bytes);
  expect((await readAll(options)).pixels).toEqual(first.pixels);
  expect(decoders.images()).toBe(4);
  expect(readdirSync(directory)).toEqual([]); // so that it is written anew

  expect((await readAll(options)).filled).toBe(3);
  truncateSync(path, 100);
  expect(await readAll(options)).toEqual(first);
  expect(readdirSync(directory)).toEqual([file]);
});

it("decodes what is asked for first, the rest in the given order, and gives the file its name last", async () => {
  const directory = join(root, "order");
  const items = await jobItems(4);
  const asked: string[] = [];
  const opening: (() => void)[] = [];
  const reading: Objects = {
    ...objects,
    async read(_team, sha256) {
      const item = items.findIndex((each) => each.sha256 === sha256);
      if (!asked.includes(`${item}`)) asked.push(`${item}`);
      await new Promise<void>((open) => opening.push(open));
      return objects.read(teamId, sha256);
    },
  };
  const prepared = await openPreparedItems({ ...optionsFor(items, directory), objects: reading, order: [3, 1, 0, 2] });
  const read = prepared.items[2]!.read();
  expect(readdirSync(directory).every((name) => name.endsWith(".tmp"))).toBe(true);
  while (asked.length < 4 || opening.length > 0) {
    opening.shift()?.();
    await new Promise(setImmediate);
  }
  expect((await read).mask).toEqual(maskOf(2));
  await prepared.filled;
  await prepared.close();
  expect(asked).toEqual(["3", "1", "2", "0"]); // two at once, then the one that was asked for
  expect(readdirSync(directory).map((name) => name.replace(/^[0-9a-f]{64}/, ""))).toEqual([".bin"]);
});

it.each([
  { name: "from the file where memory holds one", memory: 1, limitBytes: undefined, filled: 5, decoded: 5 },
  { name: "from the file where memory holds none", memory: 0, limitBytes: undefined, filled: 5, decoded: 5 },
  { name: "decoding again where neither holds them", memory: 2, limitBytes: 100, filled: null, decoded: 2 + 3 * 3 },
])("reads a set larger than its memory: $name", async ({ memory, limitBytes, filled, decoded }) => {
  const directory = mkdtempSync(join(root, "larger-"));
  const decoders = counted();
  const prepared = await openPreparedItems({
    ...optionsFor(await jobItems(5), directory),
    imaging: decoders.imaging,
    memoryBytes: memory * size * size * 4,
    ...(limitBytes === undefined ? {} : { limitBytes }),
  });
  for (let epoch = 0; epoch < 3; epoch++) {
    for (const [index, item] of prepared.items.entries()) expect((await item.read()).mask).toEqual(maskOf(index));
    expect(await prepared.filled).toMatchObject({ decoded: filled });
  }
  expect(decoders.images()).toBe(decoded);
  await prepared.close();
});

it("goes on without a file where none can be made", async () => {
  const directory = join(root, "no folder");
  writeFileSync(directory, "");
  const prepared = await openPreparedItems({ ...optionsFor(await jobItems(2), directory), memoryBytes: 0 });
  expect(await prepared.filled).toEqual({ decoded: null, why: expect.stringContaining("EEXIST") });
  expect((await prepared.items[1]!.read()).mask).toEqual(maskOf(1));
  await prepared.close();
});

it("goes on without a file where its name cannot be given, reading what was written", async () => {
  const directory = join(root, "no name");
  const decoders = counted();
  const options = { ...optionsFor(await jobItems(2), directory), imaging: decoders.imaging, memoryBytes: 0 };
  const prepared = await openPreparedItems(options);
  for (const name of readdirSync(directory)) rmSync(join(directory, name));
  expect(await prepared.filled).toEqual({ decoded: null, why: expect.stringContaining("ENOENT") });
  expect((await prepared.items[1]!.read()).mask).toEqual(maskOf(1));
  expect(decoders.images()).toBe(2);
  await prepared.close();
});

it("writes one file where two prepare the same items at once", async () => {
  const directory = join(root, "two");
  const options = optionsFor(await jobItems(3), directory);
  const both = await Promise.all([readAll(options), readAll(options)]);
  expect(both.map(({ filled }) => filled)).toEqual([3, 3]);
  expect(both[1]).toEqual(both[0]);
  expect(readdirSync(directory)).toHaveLength(1);
  expect(await readAll(options)).toEqual({ ...both[0], filled: 0 });
});

const prlimit = process.platform === "linux" && spawnSync("prlimit", ["--version"]).status === 0;
if (!prlimit) console.warn("SKIPPED: writes that are refused need Linux and prlimit (util-linux)");

it.skipIf(!prlimit)("goes on without a file where the disk takes no more of it", async () => {
  const directory = join(root, "full");
  const limitFiles = (bytes: string) => spawnSync("prlimit", [`--pid=${process.pid}`, `--fsize=${bytes}:`]);
  const items = await jobItems(4);
  limitFiles(String(2 * size * size * 4)); // two records
  try {
    const prepared = await openPreparedItems({ ...optionsFor(items, directory), memoryBytes: 0 });
    expect(await prepared.filled).toEqual({ decoded: null, why: expect.stringContaining("EFBIG") });
    for (const [index, item] of prepared.items.entries()) expect((await item.read()).mask).toEqual(maskOf(index));
    await prepared.close();
    expect(readdirSync(directory)).toEqual([]);
  } finally {
    limitFiles("unlimited");
  }
});

it("stops decoding when it is closed, and leaves no file behind", async () => {
  const directory = join(root, "closed");
  const decoders = counted();
  const items = await jobItems(8);
  const prepared = await openPreparedItems({ ...optionsFor(items, directory), imaging: decoders.imaging });
  await prepared.items[0]!.read();
  await prepared.close();
  await expect(prepared.filled).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(decoders.images()).toBeLessThan(8);
  expect(readdirSync(directory)).toEqual([]);
});

it("names the item that cannot be decoded", async () => {
  const directory = join(root, "damaged");
  const { sha256 } = await objects.put(teamId, Buffer.from("not an image"));
  const items = [...(await jobItems(1)), { itemId: "item x", sha256, maskSha256: sha256, fold: "train" as const }];
  const prepared = await openPreparedItems(optionsFor(items, directory));
  const named = { code: "BAD_FILE", message: expect.stringContaining("Item item x: ") };
  await expect(prepared.filled).rejects.toMatchObject(named);
  await expect(prepared.items[1]!.read()).rejects.toMatchObject(named);
  await prepared.close();
});

it("keeps what was used last, within its bytes, and removes what a killed trainer left half written", async () => {
  const directory = mkdtempSync(join(root, "room-"));
  const file = (name: string, bytes: number, used: number) => {
    writeFileSync(join(directory, name), Buffer.alloc(bytes));
    utimesSync(join(directory, name), new Date(used), new Date(used));
  };
  const now = Date.now();
  file("a.bin", 300, now - 3000);
  file("b.bin", 300, now - 1000);
  file("c.bin", 300, now - 2000);
  file("half.bin.1.tmp", 0, 0);
  file("fresh.bin.2.tmp", 0, now);
  await makeRoom(directory, 400, 1000);
  expect(readdirSync(directory).sort()).toEqual(["b.bin", "c.bin", "fresh.bin.2.tmp"]);

  const limit = await cacheLimit(directory);
  expect(limit).toBeGreaterThan(0);
  expect(limit).toBeLessThanOrEqual(20e9);
});

it("writes no file beyond the folder's limit, and makes room for one within it", async () => {
  const directory = mkdtempSync(join(root, "limit-"));
  writeFileSync(join(directory, "old.bin"), Buffer.alloc(300));
  const one = optionsFor(await jobItems(1), directory);
  const bytes = size * size * 4 + 4;
  expect((await readAll({ ...one, limitBytes: bytes - 1 })).filled).toBeNull();
  expect(readdirSync(directory)).toEqual(["old.bin"]);
  expect((await readAll({ ...one, limitBytes: bytes })).filled).toBe(1);
  expect(readdirSync(directory)).not.toContain("old.bin");
});

it("counts as free what the control group leaves, without the files that it only caches", () => {
  const group = mkdtempSync(join(root, "group-"));
  const write = (name: string, text: string) => writeFileSync(join(group, name), text);
  write("memory.max", "10000\n");
  write("memory.current", "7000\n");
  write("memory.stat", "anon 4000\ninactive_file 2500\nactive_file 500\n");
  expect(freeMemory(group)).toBe(10_000 - (7000 - 2500 - 500));
  write("memory.max", "max\n");
  expect(freeMemory(group)).toBeGreaterThan(freemem() / 100);
  expect(freeMemory(join(root, "none"))).toBeGreaterThan(0);
});
