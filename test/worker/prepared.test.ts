import { mkdtempSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openImaging } from "@tessera/imaging/client";
import { openObjects } from "@tessera/objects/localObjects";
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
    onProgress: () => decoded++,
  };
  const first = await preparedItems(options);
  expect(first[0]!.mask).toEqual(mask);

  const half = join(directory, "half.bin.1.tmp");
  const fresh = join(directory, "fresh.bin.2.tmp");
  for (const path of [half, fresh]) writeFileSync(path, "");
  utimesSync(half, new Date(0), new Date(0));
  expect(await preparedItems(options)).toEqual(first);
  expect(decoded).toBe(1);

  const [file] = readdirSync(directory).filter((name) => name.endsWith(".bin"));
  truncateSync(join(directory, file!), 100);
  expect(await preparedItems(options)).toEqual(first);
  expect(decoded).toBe(2);
  expect(readdirSync(directory).sort()).toEqual([file, "fresh.bin.2.tmp"].sort());
});
