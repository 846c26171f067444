/** What is left to hash, one worker at a time, and what is stored of it. */
import {
  claimHashing,
  giveBackHashing,
  hashesOf,
  hashingProgress,
  insertItemHashes,
  type NewItemHash,
} from "@tessera/store/itemHashes";
import { registerWorker } from "@tessera/store/workers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { hashed, smallPicture } from "../support/smallPictures.ts";
import { makeStudy, sha } from "../support/study.ts";

let database: TestDatabase;
let study: Awaited<ReturnType<typeof makeStudy>>;
let otherWorkerId: string;
beforeAll(async () => {
  database = await testDatabase();
  study = await makeStudy(database);
  const { db, teamId } = database;
  const other = { name: "other", device: "CPU", version: "0" };
  otherWorkerId = (await db.asTeam(teamId, (sql) => registerWorker(sql, teamId, other))).id;
});
afterAll(() => database.close());

const claim = (workerId: string, { most = 100, leaseSeconds = 60 } = {}) =>
  claimHashing(database.db, { teamId: database.teamId, workerId, leaseSeconds, most });
const store = (rows: NewItemHash[]) => {
  const { db, teamId } = database;
  return db.asTeam(teamId, (sql) => insertItemHashes(sql, teamId, rows));
};
const hashOf = ({ itemId }: { itemId: string }): NewItemHash => ({ itemId, ...hashed(smallPicture(itemId)) });

it("is given out to one worker at a time, and to another when that one is lost or done", async () => {
  const { db, teamId } = database;
  const { workerId, items, dataset } = study;
  expect(await claim(workerId, { most: 2 })).toHaveLength(2);
  expect(await claim(otherWorkerId)).toEqual([]);
  expect(await claim(workerId, { leaseSeconds: 0 })).toHaveLength(items.length); // it asks again, and is lost then
  const claimed = await claim(otherWorkerId);
  expect(claimed.map(({ itemId }) => itemId).sort()).toEqual(items.map(({ id }) => id).sort());
  // 40 x 30 pixels are hashed themselves
  expect(claimed.map(({ sha256 }) => sha256).sort()).toEqual(items.map(({ sha256 }) => sha256).sort());
  expect(await claim(workerId)).toEqual([]);
  await giveBackHashing(db, { teamId, workerId: otherWorkerId });
  expect(await claim(workerId)).toHaveLength(items.length);

  const [first, bad, ...rest] = claimed;
  await store([hashOf(first!), { itemId: bad!.itemId, error: "the file is damaged" }]);
  await store([{ itemId: first!.itemId, ...hashed(smallPicture("another")) }]); // told by a slow worker: the first stays
  const progress = async () => (await db.asTeam(teamId, (sql) => hashingProgress(sql, teamId, [dataset.id])))[0];
  expect(await progress()).toMatchObject({ items: items.length, hashed: 1, failed: 1 });
  expect((await claim(workerId)).map(({ itemId }) => itemId)).toEqual(rest.map(({ itemId }) => itemId));
  await store(rest.map(hashOf));
  expect(await claim(workerId)).toEqual([]);
  expect(await progress()).toMatchObject({ items: items.length, hashed: items.length - 1, failed: 1 });

  const rows = await db.asTeam(teamId, (sql) => hashesOf(sql, teamId, { datasetId: dataset.id }));
  expect(rows).toHaveLength(items.length - 1);
  const row = rows.find(({ itemId }) => itemId === first!.itemId)!;
  const expected = hashed(smallPicture(first!.itemId));
  expect([new Uint8Array(row.hash), new Uint8Array(row.pixels)]).toEqual([expected.hash, expected.pixels]);
  const folds = await db.asTeam(teamId, (sql) => hashesOf(sql, teamId, { splitId: study.split.id, folds: ["test"] }));
  const inTest = items.filter((_, i) => i % 3 === 2 && items[i]!.id !== bad!.itemId);
  expect(folds.map(({ itemId }) => itemId)).toEqual(inTest.map(({ id }) => id));
});

it("takes the thumbnail of a picture that is larger than one", async () => {
  await database.owner`update items set width = 257`;
  await database.owner`delete from item_hashes`;
  expect(new Set((await claim(study.workerId)).map(({ sha256 }) => sha256))).toEqual(new Set([sha("thumbnail")]));
});
