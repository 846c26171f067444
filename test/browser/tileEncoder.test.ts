/** @file Features by a run in a real browser: the form, what it says of the run, and the bags that came of it. PICTURES=FOLDER saves the screens. */
import { openImaging } from "@tessera/imaging/client";
import { openObjects } from "@tessera/objects/localObjects";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantEncoder } from "../api/encoderWorld.ts";
import { startWorld, type World } from "../api/world.ts";
import { look } from "./support/look.ts";
import { goTo, lacking, type Visitor, visit } from "./support/visitor.ts";

const patience = 240_000;

describe.skipIf(lacking("tileEncoder.test.ts"))("a run as the encoder of tiles", () => {
  let world: World;
  let visitor: Visitor;
  let page: Page;
  let planted: Awaited<ReturnType<typeof plantEncoder>>;

  beforeAll(async () => {
    world = await startWorld();
    const imaging = openImaging({ processes: 1 });
    const rgb = new Uint8Array(32 * 24 * 3).fill(200);
    const picture = await openObjects({ directory: world.objectsDirectory }).put(
      world.database.teamId,
      await imaging.encodeImage(rgb, 32, 24, "jpeg"),
    );
    await imaging.close();
    planted = await plantEncoder(world, picture);
    visitor = await visit(world);
    page = await visitor.open("/datasets");
  }, patience);
  afterAll(async () => {
    await visitor?.close();
    await world?.close();
  }, patience);

  it(
    "is chosen in the form, which says what it is and whom it has learnt from; its bags name it",
    async () => {
      await goTo(page, `${visitor.url}/datasets/${planted.datasetId}?tab=tiles`);
      await page.getByRole("button", { name: "Make features" }).click();
      const form = page.getByRole("dialog");
      await form.getByLabel("Net").waitFor();
      await expect
        .poll(() => form.getByLabel("Net").locator("optgroup").allTextContents())
        .toEqual(["Where does it look? · A, seed 1"]);
      await form
        .getByText("by the checkpoint of epoch 2, validation AUC 0.900; each tile is read at 64 × 64 px")
        .waitFor();
      await form
        .getByText("1 subject of these slides is among those that the run learnt from (p1), 1 of them in a test fold")
        .waitFor();
      await look(page, "encoder-form", "[role=dialog]");
      await form.getByLabel("Name of the dataset of bags").fill("Biopsies by the run");
      await form.getByRole("button", { name: "Make features" }).press("Enter");
      await form.waitFor({ state: "hidden" });
      const link = page.getByRole("link", { name: "Where does it look? · A, seed 1, checkpoint of epoch 2" });
      await link.waitFor();
      await expect.poll(() => link.getAttribute("href")).toBe(`/runs/${planted.runId}`);
      await page.getByRole("note", { name: /^encoder saw subjects/ }).waitFor();
      await look(page, "encoder-job");

      const [job] = (await world.database.owner`
        select id from slide_jobs where kind = 'features'`) as unknown as [{ id: string }];
      const bags = await planted.makeBags(job.id, "Biopsies by the run");
      await goTo(page, `${visitor.url}/datasets/${bags}`);
      await page.getByText(/Made of/).waitFor();
      await page.getByRole("link", { name: "Biopsies", exact: true }).waitFor();
      await page.getByText("tiles of 224 px at 0.5 µm").waitFor();
      await page.getByRole("note", { name: /^encoder saw subjects: 1 subject of these slides/ }).waitFor();
      await look(page, "encoder-bags");
    },
    patience,
  );
});
