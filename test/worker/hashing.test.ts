/** Items hashed by their import, and by supervisors afterwards, killed where it hurts. */
import { join } from "node:path";
import { duplicatesWithin, found } from "@tessera/analysis/duplicates/search";
import { openImaging } from "@tessera/imaging/client";
import { hashesOf, hashingProgress } from "@tessera/store/itemHashes";
import { type Supervisor, startSupervisor } from "@tessera/worker/supervisor";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { forkSupervisor } from "./support/forkSupervisor.ts";
import { type ImportWorld, importWorld } from "./support/importWorld.ts";
import { discFolder } from "./support/kvasirFolder.ts";

const items = 230; // three batches
let world: ImportWorld;
let datasetId: string;
let supervisor: Supervisor | undefined;
beforeAll(async () => {
  world = await importWorld();
  const imaging = openImaging({ processes: 1 });
  ({ datasetId } = await world.take("kvasir-seg", await discFolder(imaging, items)));
  await imaging.close();
});
afterEach(async () => {
  await supervisor?.stop();
  supervisor = undefined;
});
afterAll(() => world.close());

const teamIdOf = () => world.database.teamId;
const hashes = () => world.ask((sql) => hashesOf(sql, teamIdOf(), { datasetId }));
const progress = async () => (await world.ask((sql) => hashingProgress(sql, teamIdOf(), [datasetId])))[0]!;
const spoolDirectory = () => join(world.directory, "spool");
const supervise = async () => {
  const { database, objects, directory } = world;
  const name = { name: "w", device: "cpu", version: "test", maxThreads: null, checkpointEverySteps: null };
  const folders = { objectsDirectory: directory, spoolDirectory: spoolDirectory() };
  const of = { database: database.db, teamId: teamIdOf(), objects, ...folders, ...name };
  supervisor = await startSupervisor({ ...of, observe: () => undefined });
};
const untilAll = async () => {
  for (;;) {
    const { items: all, hashed, failed } = await progress();
    if (hashed + failed === all) return { hashed, failed };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

it("an import hashes what it adds, and a worker killed midway leaves the rest to the next one, with the same hashes", async () => {
  const imported = await hashes();
  expect(imported).toHaveLength(items);
  expect(found(duplicatesWithin(imported.slice(0, 1).concat(imported.slice(0, 1))))).toHaveLength(1);

  const { owner, connection } = world.database;
  await owner`delete from item_hashes`;
  const dieAt = { type: "hashed", count: 2 } as const;
  const of = { connection, teamId: teamIdOf(), objectsDirectory: world.directory, spoolDirectory: spoolDirectory() };
  await forkSupervisor({ ...of, dieAt }).gone;
  expect(await progress()).toMatchObject({ items, hashed: 200, failed: 0 });
  await owner`update hashing_leases set lease_until = clock_timestamp()`; // ten seconds later
  await supervise();
  expect(await untilAll()).toEqual({ hashed: items, failed: 0 });
  expect(await hashes()).toEqual(imported);
});

it("says of a picture that cannot be read that it has no hash, once", async () => {
  const { owner } = world.database;
  const { itemId } = (await hashes())[0]!;
  await owner`delete from item_hashes where item_id = ${itemId}`;
  await owner`insert into blobs (team_id, sha256, size, media_type) values (${teamIdOf()}, ${"0".repeat(64)}, 1, 'image/png')`;
  await owner`update items set sha256 = ${"0".repeat(64)} where id = ${itemId}`;
  await supervise();
  expect(await untilAll()).toEqual({ hashed: items - 1, failed: 1 });
  const [row] = await owner<{ error: string }[]>`select error from item_hashes where item_id = ${itemId}`;
  expect(row!.error).not.toBe("");
});
