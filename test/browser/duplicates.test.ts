import type { ItemHash } from "@tessera/domain/duplicates/rule";
import type { Fold } from "@tessera/domain/words";
import { openImaging } from "@tessera/imaging/client";
import { openObjects } from "@tessera/objects/localObjects";
import { putBlob } from "@tessera/store/blobs";
import { insertItemHashes } from "@tessera/store/itemHashes";
import { endoscopyItem } from "@tessera/synthetic/endoscopy";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantExperiment, startWorld, type World } from "../api/world.ts";
import { look } from "./support/look.ts";
import { goTo, lacking, type Visitor, visit } from "./support/visitor.ts";

const patience = 240_000;
const side = 96;
const folds: Fold[] = ["train", "train", "train", "train", "validation", "test", "test", "test"];

describe.skipIf(lacking("duplicates.test.ts"))("duplicates in the browser", () => {
  let world: World;
  let visitor: Visitor;
  let page: Page;
  let target: Awaited<ReturnType<typeof plantPictures>>;
  let runId: string;
  let spoiltName: string;

  beforeAll(async () => {
    world = await startWorld();
    target = await plantPictures(world, "Clinic A", [0, 1, 2, 3, 4, 5, 6, 2]); // the last test picture is one of train
    const first = await plantPictures(world, "Shapes", [20, 21, 22, 23, 24, 25, 26, 27]);
    const second = await plantPictures(world, "Clinic B", [30, 31, 5, 6, 34, 35, 36, 37]); // has seen two test pictures
    runId = target.runId;
    spoiltName = second.experiment.name;
    await startFrom(world, runId, second.runId);
    await startFrom(world, second.runId, first.runId);

    visitor = await visit(world, 60_000);
    page = await visitor.open("/experiments");
  }, patience);
  afterAll(async () => {
    await visitor?.close();
    await world?.close();
  }, patience);

  it(
    "are shown side by side with folds, filtered, and looked for in another dataset",
    async () => {
      await goTo(page, `${visitor.url}/datasets/${target.dataset.id}?tab=duplicates`);
      const pair = page.getByRole("listitem", { name: "Clinic A 2 and Clinic A 7" });
      await pair.waitFor();
      await expect.poll(() => pair.textContent()).toMatch(/train.*test.*two folds/);
      await look(page, "duplicates");
      await page.getByRole("switch", { name: "labels contradict" }).click();
      await page.getByText("No such pairs").waitFor();
      await page.getByRole("switch", { name: "labels contradict" }).click();
      await page.getByLabel("Compared with").selectOption({ label: "with Project of Clinic B: Clinic B" });
      await page.getByRole("listitem", { name: "Clinic A 5 and Clinic B 2" }).waitFor();
      await expect.poll(() => page.getByRole("listitem").filter({ hasText: "correlation" }).count()).toBe(2);
      await page.getByLabel("Compared with").selectOption({ label: "with Project of Shapes: Shapes" });
      await page.getByText("No duplicates found").waitFor();
    },
    patience,
  );

  it(
    "flag a chain of weights, and stamp the experiment's boards",
    async () => {
      await goTo(page, `${visitor.url}/runs/${runId}?tab=setup`);
      const alert = page.getByRole("alert").filter({ hasText: "The chain has seen test pictures" });
      await alert.getByText("Clinic B: 2 pictures").waitFor();
      await alert.getByRole("listitem", { name: "Clinic B 2 and Clinic A 5" }).waitFor();
      await page.getByText("SAW 2 TEST PICTURES").waitFor();
      await expect.poll(() => page.getByRole("link", { name: "Shapes" }).count()).toBe(1);
      await look(page, "chain");
      await goTo(page, `${visitor.url}/experiments/${target.experiment.id}`);
      await page.getByText("start saw test pictures").waitFor();
      await page.getByText("test pictures learnt from").waitFor();
      await look(page, "stamped");
    },
    patience,
  );

  it(
    "refuse a layer-cut study from such weights with the list, until a person accepts it",
    async () => {
      await goTo(page, `${visitor.url}/experiments`);
      await page.getByRole("button", { name: "New", exact: true }).click();
      await page.getByRole("menuitem", { name: "New layer-cut study" }).click();
      await page.getByLabel("Name", { exact: true }).fill("How many blocks?");
      await page.getByRole("textbox", { name: "Question" }).fill("How many blocks of Clinic B must be transferred?");
      await page.getByLabel("Dataset").selectOption({ label: "Clinic A" });
      const sources = page.getByLabel("Earlier run (its best checkpoint) of the source");
      await sources.selectOption({ label: `${spoiltName} · funnel, seed 1 (not finished: the arm waits for it)` });
      await page.getByText("2 · to encoder/level1").waitFor();
      for (const k of [3, 4, 5]) await page.locator("label", { hasText: `${k} · to encoder` }).click();
      await page.getByRole("textbox", { name: "Seeds" }).fill("1-2");
      await page.getByRole("button", { name: "Start 10 runs" }).click(); // random, two cuts, the whole, statistics
      const alert = page.getByRole("alert").filter({ hasText: "The starting weights have seen test pictures" });
      await alert.getByText("Clinic A 5: nearly the same picture as its Clinic B 2").waitFor();
      await look(page, "refused");
      // Another choice is another question: the acceptance is gone with the refusal.
      await page.locator("label", { hasText: "3 · to encoder" }).click();
      await page.getByRole("button", { name: "Start 12 runs" }).waitFor();
      await expect.poll(() => alert.count()).toBe(0);
      await page.getByRole("button", { name: "Start 12 runs" }).click();
      await alert.getByRole("button", { name: "Accept and start 12 runs" }).click();
      await page.waitForURL(/\/experiments\/[0-9a-f-]{36}\?tab=cut$/);
      await page.getByText("start saw test pictures").waitFor();
    },
    patience,
  );
});

/** Eight endoscopy pictures by number, hashed; equal numbers are copies, stored at another quality. */
async function plantPictures(world: World, name: string, numbers: readonly number[]) {
  const { db, teamId, owner } = world.database;
  const objects = openObjects({ directory: world.objectsDirectory });
  const imaging = openImaging({ processes: 1 });
  try {
    const stored: { sha256: string; hash: ItemHash; regionPixels: number[] }[] = [];
    for (const [i, number] of numbers.entries()) {
      const { rgb, mask } = endoscopyItem({ seed: 7, index: number, size: side });
      const other = rgb.map((value) => Math.round(value * (i === 7 ? 0.85 : 1)));
      const bytes = await imaging.encodeImage(other, side, side, name === "Clinic A" ? "png" : "jpeg");
      const { sha256, size } = await objects.put(teamId, bytes);
      await db.asTeam(teamId, (sql) => putBlob(sql, teamId, { sha256, size, mediaType: "image/png" }));
      const share = mask.reduce((sum, value) => sum + value, 0) / mask.length;
      stored.push({ sha256, hash: await imaging.hashPicture(bytes), regionPixels: [Math.round(share * 8000)] });
    }
    const items = stored.map(({ sha256, regionPixels }, i) => ({
      ...{ name: `${name} ${i}`, subject: `${name} p${i}`, fold: folds[i]! },
      ...{ imageSha256: sha256, regionPixels },
    }));
    const arms = [{ name: "funnel", changes: {} }];
    const made = await plantExperiment(world, teamId, { name, seeds: [1], items, arms });
    const hashes = made.items.map(({ id }, i) => ({ itemId: id, ...stored[i]!.hash }));
    await db.asTeam(teamId, (sql) => insertItemHashes(sql, teamId, hashes));
    const [run] = await owner<{ id: string }[]>`select id from runs where experiment_id = ${made.experiment.id}`;
    return { ...made, runId: run!.id };
  } finally {
    await imaging.close();
  }
}

const startFrom = ({ database: { owner } }: World, runId: string, starting: string) =>
  owner`
    update runs set starting_run_id = ${starting}, configuration = configuration ||
      ${owner.json({ startingWeights: { kind: "run", runId: starting, part: "encoder" } })} where id = ${runId}`;
