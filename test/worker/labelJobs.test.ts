/** Label versions made by rules, and masks compared, by real supervisors and their children, killed where it hurts. */
import { majorityMask } from "@tessera/analysis/consensus/maskConsensus";
import { maskPairFacts } from "@tessera/analysis/segmentation/maskPair";
import type { ClassValues } from "@tessera/domain/classValues";
import { oneClass } from "@tessera/domain/classValues";
import type { LabelRequest } from "@tessera/domain/labels/request";
import type { LabelRule } from "@tessera/domain/labels/rule";
import { addMaskNoise, isChosen } from "@tessera/domain/noise/maskNoise";
import { insertAnnotations } from "@tessera/store/annotations";
import { changedItems, classChanges, diffCounts } from "@tessera/store/labelDiff";
import { cancelLabelJob, createLabelJob, labelJobsByIds } from "@tessera/store/labelJobs";
import { ensureSchema } from "@tessera/store/labelSchemas";
import { labelsForItems, labelVersionsByIds, verifyChain } from "@tessera/store/labelVersions";
import { maskPairs } from "@tessera/store/maskPairs";
import { readersOf } from "@tessera/store/opinions";
import type { WorkerEvent } from "@tessera/worker/options";
import { type Supervisor, startSupervisor } from "@tessera/worker/supervisor";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { forkSupervisor } from "./support/forkSupervisor.ts";
import { height, type MaskStudy, maskStudy, readers, width } from "./support/maskStudy.ts";

const items = 45; // three batches
let study: MaskStudy;
let team: string;
let datasetId: string;
let masks: string;
let supervisor: Supervisor | undefined;

beforeAll(async () => {
  study = await maskStudy(items);
  team = study.database.teamId;
  const [version] = await study.asTeam((sql) => labelVersionsByIds(sql, team, [study.labelVersionId]));
  ({ datasetId, schemaId: masks } = version!);
});
afterEach(async () => {
  await supervisor?.stop();
  supervisor = undefined;
});
afterAll(() => study.close());

const supervise = async (observe?: (event: WorkerEvent) => void) => {
  supervisor = await startSupervisor(study.workerOptions(observe));
};
const queue = (request: LabelRequest, schemaId = masks) =>
  study.asTeam((sql) => createLabelJob(sql, team, { datasetId, schemaId, request, createdBy: study.database.userId }));
const making = (rule: LabelRule, fromVersionId: string | null = null, schemaId = masks) =>
  queue({ kind: "makeVersion", rule, fromVersionId, note: "" }, schemaId);
const job = async (id: string) => (await study.asTeam((sql) => labelJobsByIds(sql, team, [id])))[0]!;
async function ended(id: string) {
  for (;;) {
    const now = await job(id);
    if (now.state !== "queued" && now.state !== "running") return now;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
async function made(id: string) {
  const { state, error, labelVersionId } = await ended(id);
  expect([state, error]).toEqual(["succeeded", null]);
  return (await study.asTeam((sql) => labelVersionsByIds(sql, team, [labelVersionId!])))[0]!;
}
const labels = (versionId: string) =>
  study.asTeam((sql) => labelsForItems(sql, team, versionId, study.items.map(({ id }) => id))); // biome-ignore format: short
const decoded = async (sha256: string) =>
  (await study.imaging.maskIndices(await study.objects.read(team, sha256), 1)).indices;

describe("masks", () => {
  it("a majority is what the readers' pixels say, and each reader is measured against it", async () => {
    const { id } = await making({ kind: "majority", readers: null, ties: "background" });
    await supervise();
    const version = await made(id);
    expect(version).toMatchObject({ items, rule: "majority of all readers; a tie is background", number: 2 });
    for (const [i, label] of (await labels(version.id)).entries()) {
      const both = await Promise.all(study.items[i]!.opinions.map(decoded));
      const expected = majorityMask(both, 1, "background").indices;
      expect([...(await decoded(label!.maskSha256!))]).toEqual([...expected]);
      expect(label!.regionPixels).toEqual([expected.reduce((sum, value) => sum + value, 0)]);
    }
    const [first, second] = version.result!.readers;
    expect([first!.reader, second!.reader, first!.items]).toEqual([...readers, items]);
    expect(first!.precision!).toBeLessThan(1); // two readers' majority lies within each
    expect(first!.sensitivity).toBe(1);
    const found = await study.asTeam((sql) => readersOf(sql, team, datasetId));
    expect(found.map(({ name, items }) => [name, items])).toEqual(readers.map((name) => [name, items]));
    expect(await study.asTeam((sql) => verifyChain(sql, team, datasetId))).toEqual({ ok: true });
  });

  it("STAPLE is made too, and the same rule again is the same version", async () => {
    const rule = { kind: "staple", readers: [...readers], threshold: 0.5 } as const;
    await supervise();
    const version = await made((await making(rule)).id);
    expect(version.pinned).toEqual({ rule, from: null });
    expect((await made((await making(rule)).id)).id).toBe(version.id);
  });

  const noise = { kind: "noise", seed: 5, model: { kind: "boundaryShift", pixels: 2, rate: 0.9 } } as const;

  it("noise goes on where a supervisor was killed (-9), spares who is not chosen, and keeps its ledger", async () => {
    const { id } = await making(noise, study.labelVersionId);
    const { connection } = study.database;
    const { objectsDirectory, directory } = study;
    const dieAt = { type: "labelled", count: 2 } as const; // after the first batch of 20
    const dying = forkSupervisor({
      connection,
      teamId: team,
      objectsDirectory,
      spoolDirectory: `${directory}/spool`,
      dieAt,
    });
    expect(await dying.gone).toBe("SIGKILL");
    await study.database
      .owner`update label_jobs set lease_until = clock_timestamp() - interval '1 s' where state = 'running'`;
    const counts: number[] = [];
    await supervise((event) => event.type === "labelled" && counts.push(event.items));
    const version = await made(id);
    expect(counts[0]).toBe(20);

    const [before, after] = [await labels(study.labelVersionId), await labels(version.id)];
    let changed = 0;
    for (const [i, item] of study.items.entries()) {
      const chosen = isChosen(5, item.sha256, 0.9);
      if (!chosen) expect(after[i]).toEqual(before[i]);
      if (before[i]!.maskSha256 === after[i]!.maskSha256) continue;
      changed++;
      const mask = { indices: await decoded(item.opinions[0]!), width, height, classes: 1 };
      expect([...(await decoded(after[i]!.maskSha256!))]).toEqual([...addMaskNoise(mask, noise.model, 5, item.sha256)]);
    }
    expect(changed).toBeGreaterThan(15);
    expect(version.result!.noise).toMatchObject({ labels: items, changed, expectedRate: null });
    expect(version.result!.noise!.dice!).toBeGreaterThan(0.5);
    expect(version).toMatchObject({ sourceId: study.labelVersionId, pinned: { rule: noise, from: { number: 1 } } });
    expect(await study.asTeam((sql) => verifyChain(sql, team, datasetId))).toEqual({ ok: true });

    // What the noise did to each mask is known already, by the facts that analysis gives.
    const versions = { a: study.labelVersionId, b: version.id };
    const counted = await study.asTeam((sql) => diffCounts(sql, team, versions));
    expect(counted).toEqual({ added: 0, removed: 0, changed, same: items - changed });
    const page = await study.asTeam((sql) => changedItems(sql, team, versions, { classes: 1, page: { first: 5 } }));
    expect([page.totalCount, page.rows.length]).toEqual([changed, 5]);
    const { before: one, after: other, facts } = page.rows[0]!;
    const [a, b] = [await decoded(one!.maskSha256!), await decoded(other!.maskSha256!)];
    expect(facts).toEqual([{ classIndex: 0, ...maskPairFacts(a, b, width, height) }]);
    const next = await study.asTeam((sql) => changedItems(sql, team, versions, { classes: 1, page: { first: 5, after: page.endCursor } })); // biome-ignore format: short
    expect(next.rows.map(({ itemId }) => itemId)).not.toContain(page.rows[4]!.itemId);
  });

  it("compares the readers' masks once, and cancels what nobody wants", async () => {
    await supervise();
    const { id } = await queue({ kind: "compareReaders", readers: null });
    expect(await ended(id)).toMatchObject({ state: "succeeded", done: items, total: items });
    const [a, b] = study.items[3]!.opinions as [string, string];
    const [known] = await study.asTeam((sql) => maskPairs(sql, team, { classes: 1, pairs: [{ a, b }] }));
    const { classIndex: _, a: __, b: ___, ...facts } = known!;
    expect(facts).toEqual(maskPairFacts(await decoded(a), await decoded(b), width, height));
    await supervisor!.stop();
    const waiting = await making(noise, study.labelVersionId);
    expect((await making(noise, study.labelVersionId)).id).toBe(waiting.id);
    expect(await study.asTeam((sql) => cancelLabelJob(sql, team, waiting.id))).toMatchObject({ state: "cancelled" });
  });
});

describe("classes", () => {
  let schemaId: string;
  const said = (reader: number, item: number): ClassValues => oneClass((item + (item % 7 < reader ? 1 : 0)) % 3, 3);

  beforeAll(async () => {
    await study.asTeam(async (sql) => {
      const schema = await ensureSchema(sql, team, { datasetId, task: "classification", classes: ["x", "y", "z"], exclusive: true }); // biome-ignore format: short
      schemaId = schema.id;
      const rows = ["a", "b", "c"].flatMap((reader, r) =>
        study.items.map(({ id }, i) => ({ itemId: id, schemaId, reader, maskSha256: null, classValues: said(r, i), regionPixels: [], components: [], boxes: null })),
      ); // biome-ignore format: short
      await insertAnnotations(sql, team, rows);
    });
  });

  it("single reader, majority, Dawid–Skene and noise make versions of one chain", async () => {
    await supervise();
    const single = await made((await making({ kind: "singleReader", reader: "c" }, null, schemaId)).id);
    const majority = await made(
      (await making({ kind: "majority", readers: null, ties: "unknown" }, null, schemaId)).id,
    );
    const consensus = {
      kind: "dawidSkene",
      readers: null,
      iterations: 200,
      tolerance: 1e-6,
      pseudoCount: 0.01,
    } as const;
    const model = await made((await making(consensus, null, schemaId)).id);
    expect(model.result!.models[0]!.readers.map(({ reader, opinions }) => [reader, opinions])).toEqual([["a", items], ["b", items], ["c", items]]); // biome-ignore format: short
    const noisy = await made(
      (await making({ kind: "noise", seed: 1, model: { kind: "symmetric", rate: 0.5 } }, single.id, schemaId)).id,
    );
    const [ofC, ofMajority, ofNoise] = [await labels(single.id), await labels(majority.id), await labels(noisy.id)];
    expect(ofC.map((label) => label!.classValues)).toEqual(study.items.map((_, i) => said(2, i)));
    for (const [i, label] of ofMajority.entries()) {
      const votes = [0, 1, 2].map((r) => said(r, i).indexOf(1)).toSorted();
      expect(label!.classValues!.indexOf(1)).toBe(votes[1]);
    }
    const changed = ofNoise.filter((label, i) => `${label!.classValues}` !== `${ofC[i]!.classValues}`).length;
    expect(noisy.result!.noise).toMatchObject({ labels: items, changed });
    expect(noisy.result!.noise!.expectedRate).toBeCloseTo(1 / 3, 10);
    expect(ofNoise.filter((label, i) => label!.annotationId === ofC[i]!.annotationId)).toHaveLength(items - changed);

    const versions = { a: single.id, b: noisy.id };
    const changes = await study.asTeam((sql) => classChanges(sql, team, versions, true));
    const off = changes.filter(({ before, after }) => before !== after);
    expect(off.reduce((sum, each) => sum + each.items, 0)).toBe(changed);
    const cell = off[0]!;
    const filter = { classIndex: null, before: cell.before, after: cell.after };
    const page = await study.asTeam((sql) => changedItems(sql, team, versions, { classes: null, filter }));
    expect(page.totalCount).toBe(cell.items);
    expect(page.rows.every(({ after }) => after!.classValues![cell.after!] === 1)).toBe(true);
    expect(await study.asTeam((sql) => verifyChain(sql, team, datasetId))).toEqual({ ok: true });
    const altered = { ...noisy.pinned, rule: { kind: "noise", seed: 2 } };
    await study.database
      .owner`update label_versions set pinned = ${study.database.owner.json(altered as never)} where id = ${noisy.id}`;
    expect(await study.asTeam((sql) => verifyChain(sql, team, datasetId))).toEqual({
      ok: false,
      brokenAt: noisy.number,
    });
    await study.database
      .owner`update label_versions set pinned = ${study.database.owner.json(noisy.pinned as never)} where id = ${noisy.id}`;
  });

  it("an adjudicator's labels go before those of the version, whose others stay", async () => {
    const opinion = { schemaId, reader: "judge", maskSha256: null, regionPixels: [], components: [], boxes: null };
    const first = study.items[0]!.id;
    await study.asTeam((sql) =>
      insertAnnotations(sql, team, [{ ...opinion, itemId: first, classValues: oneClass(2, 3) }]),
    );
    await supervise();
    const single = await made((await making({ kind: "singleReader", reader: "a" }, null, schemaId)).id);
    const final = await made((await making({ kind: "adjudicated", adjudicator: "judge" }, single.id, schemaId)).id);
    const [before, after] = [await labels(single.id), await labels(final.id)];
    expect(after[0]!.classValues).toEqual([0, 0, 1]);
    expect(after.slice(1)).toEqual(before.slice(1));
    const votes = { kind: "noise", seed: 1, model: { kind: "secondReader", reader: "c", rate: 0.5 } } as const;
    const second = await made((await making(votes, single.id, schemaId)).id);
    const chosen = study.items.filter(({ sha256 }) => isChosen(1, sha256, 0.5)).length;
    expect(second.result!.noise).toMatchObject({ labels: items, drawn: chosen });
  });

  it("a rule with nothing to go by fails, saying so, and freezes nothing", async () => {
    await supervise();
    const { state, error } = await ended((await making({ kind: "singleReader", reader: "nobody" }, null, schemaId)).id);
    expect([state, error]).toEqual([
      "failed",
      "The rule gives no item a label: no reader that it names has an opinion; import one",
    ]);
  });
});
