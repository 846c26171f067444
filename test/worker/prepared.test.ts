import { mkdtempSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";
import { openImaging } from "@tessera/imaging/client";
import { openObjects } from "@tessera/objects/localObjects";
import { freeMemory } from "@tessera/worker/trainer/freeMemory";
import { cacheLimit, makeRoom } from "@tessera/worker/trainer/preparedCache";
import { type PrepareOptions, preparedItems } from "@tessera/worker/trainer/preparedItems";
import { afterAll, expect, it } from "vitest";

const root = mkdtempSync(join(tmpdir(), "tessera-prepared-"));
const imaging = openImaging({ processes: 1 });
afterAll(async () => {
  await imaging.close();
  rmSync(root, { recursive: true, force: true });
});

it("decodes once, reads what is whole, and removes what a killed trainer left half written", async () => {
  const teamId = "00000000-0000-4000-8000-000000000001";
  const objects = openObjects({ directory: join(root, "objects") });
  const mask = Uint8Array.from({ length: 32 * 32 }, (_, i) => (i % 3 === 0 ? 1 : 0));
  const { sha256 } = await objects.put(teamId, await imaging.encodeMask(mask, 32, 32));
  const directory = join(root, "prepared");
  let decoded = 0;
  const options: PrepareOptions = {
    teamId,
    items: [{ itemId: "a", sha256, maskSha256: sha256, fold: "train" }],
    size: 32,
    directory,
    objects,
    imaging,
    parallel: 1,
    freeBytes: 2 ** 30,
    onProgress: () => decoded++,
  };
  const pixels = async () => Promise.all((await preparedItems(options)).map((item) => item.read()));
  const first = await pixels();
  expect(first[0]!.mask).toEqual(mask);

  const half = join(directory, "half.bin.1.tmp");
  const fresh = join(directory, "fresh.bin.2.tmp");
  for (const path of [half, fresh]) writeFileSync(path, "");
  utimesSync(half, new Date(0), new Date(0));
  expect(await pixels()).toEqual(first);
  expect(decoded).toBe(1);

  const [file] = readdirSync(directory).filter((name) => name.endsWith(".bin"));
  truncateSync(join(directory, file!), 100);
  expect(await pixels()).toEqual(first);
  expect(decoded).toBe(2);
  expect(readdirSync(directory).sort()).toEqual([file, "fresh.bin.2.tmp"].sort());
});

it("keeps what was used last, within its bytes, and never writes more than that", async () => {
  const directory = mkdtempSync(join(root, "room-"));
  const file = (name: string, bytes: number, used: number) => {
    writeFileSync(join(directory, name), Buffer.alloc(bytes));
    utimesSync(join(directory, name), new Date(used), new Date(used));
  };
  const now = Date.now();
  file("a.bin", 300, now - 3000);
  file("b.bin", 300, now - 1000);
  file("c.bin", 300, now - 2000);
  await makeRoom(directory, 400, 1000);
  expect(readdirSync(directory).sort()).toEqual(["b.bin", "c.bin"]);

  const objects = openObjects({ directory: join(root, "objects") });
  const rest = { teamId: "", objects, imaging, parallel: 1, freeBytes: 2 ** 30, onProgress: () => undefined };
  const tight = { ...rest, items: [], size: 32, directory };
  await preparedItems({ ...tight, limitBytes: 3 });
  expect(readdirSync(directory).sort()).toEqual(["b.bin", "c.bin"]);
  await preparedItems({ ...tight, limitBytes: 304 });
  expect(readdirSync(directory)).toContain("b.bin");
  expect(readdirSync(directory)).toHaveLength(2);
  const limit = await cacheLimit(directory);
  expect(limit).toBeGreaterThan(0);
  expect(limit).toBeLessThanOrEqual(20e9);
});

it("refuses, before it decodes, items that memory does not hold, and says what would do", async () => {
  const items = Array.from({ length: 1000 }, (_, i) => ({
    itemId: `${i}`,
    sha256: "",
    maskSha256: "",
    fold: "train" as const,
  }));
  const objects = openObjects({ directory: join(root, "objects") });
  const rest = {
    teamId: "",
    objects,
    imaging,
    parallel: 1,
    directory: join(root, "none"),
    onProgress: () => undefined,
  };
  const [size, freeBytes] = [512, 1.5 * 2 ** 30]; // 1000 * 512 * 512 * 4 bytes: more than 60 % of it
  await expect(preparedItems({ ...rest, items, size, freeBytes })).rejects.toMatchObject({
    code: "TOO_LARGE",
    message: expect.stringMatching(/1000 items at 512 x 512 .* need 0\.98 GB .* 1\.5 GB free.*smaller model size/),
  });
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
