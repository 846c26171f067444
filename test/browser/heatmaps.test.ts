/** @file The tab of heatmaps in a real browser, in front of a real api: an answer whose numbers are chosen by hand. */
import { coloured } from "@tessera/analysis/explanations/colours";
import { openImaging } from "@tessera/imaging/client";
import { openObjects } from "@tessera/objects/localObjects";
import { putBlob } from "@tessera/store/blobs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handMadeAnswer, plantClassifier } from "../api/heatmapsWorld.ts";
import { startWorld, type World } from "../api/world.ts";
import { openPictures, type Pictures } from "./support/pictures.ts";
import { holdsInEveryLook, saved } from "./support/screens.ts";
import { lacking, type Visitor, visit } from "./support/visitor.ts";

describe.skipIf(lacking("heatmaps.test.ts"))("the tab of heatmaps", () => {
  let world: World;
  let visitor: Visitor;
  let pictures: Pictures;
  let page: Page;
  let planted: Awaited<ReturnType<typeof plantClassifier>>;
  let images: string[];
  let picture: string;

  beforeAll(async () => {
    world = await startWorld();
    const { db, teamId } = world.database;
    const objects = openObjects({ directory: world.objectsDirectory });
    pictures = openPictures(db, objects, teamId);
    images = (await Promise.all(Array.from({ length: 6 }, (_, i) => pictures.plant(i)))).map(
      (each) => each.imageSha256,
    );
    picture = await blobOfMap(world, objects);
    planted = await plantClassifier(world, images);
    visitor = await visit(world);
    page = await visitor.open(`/runs/${planted.runId}?tab=heatmaps`);
  });

  afterAll(async () => {
    await visitor?.close();
    await pictures?.close();
    await world?.close();
  });

  const choose = (method: string) =>
    page.getByRole("radiogroup", { name: "Method" }).getByText(method, { exact: true }).click();
  const answer = () => {
    const { labelVersionId, itemIds } = planted;
    return planted.answer(
      handMadeAnswer({ itemIds: itemIds.slice(1, 5), images, picture, maskVersionId: labelVersionId }),
    );
  };

  it("says what would be here, and asks for a queue of work by keyboard", async () => {
    await page.getByText("No heatmaps yet").waitFor();
    await page.getByRole("button", { name: "Make heatmaps" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("waits for a worker").waitFor();
    await answer();
    await page.getByText("Grad-CAM depends on the model").waitFor();
    await page.getByRole("img", { name: "Grad-CAM of pneumonia" }).first().waitFor();
  });

  it("shows a map with its checks beside it, on every screen", async () => {
    await page.getByText("better than an edge detector (+0.21, 0.15 to 0.27)").waitFor();
    await page.getByText("The map is the same everywhere").first().waitFor();
    const steps = page.getByRole("img", { name: /Share of the map left when blocks are made random .+ stem\)/ });
    await steps.waitFor();
    await holdsInEveryLook(page, [["Heatmaps", "Checks of Grad-CAM"]]);
    // At 390 px the checks stand above the maps.
    const top = async (name: string) => (await page.getByRole("heading", { name, exact: true }).boundingBox())!.y;
    await expect.poll(async () => (await top("Heatmaps")) - (await top("Checks of Grad-CAM"))).toBeGreaterThan(0);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
  });

  it("changes the opacity by keyboard", async () => {
    const slider = page.getByRole("slider", { name: /Opacity of the map/ });
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await page.getByText("Opacity of the map: 65 %").waitFor();
    const map = page.getByRole("img", { name: "Grad-CAM of pneumonia" }).first();
    await expect.poll(() => map.getAttribute("style")).toContain("opacity: 0.65");
  });

  it("says where integrated gradients are not complete, and what of them is the image's", async () => {
    await choose("integrated gradients");
    await page.waitForURL((url) => url.searchParams.get("method") === "INTEGRATED_GRADIENTS");
    await page.getByText("Half of a map or more may be the image's alone").first().waitFor();
    await page.getByText("not complete: 15 % of the logit is missing").waitFor();
    await expect.poll(() => page.getByText("depends on the model in part").count()).toBeGreaterThan(0);
  });

  it("hides the maps of a method that does not depend on the model, behind its stamp", async () => {
    await choose("occlusion");
    await page.getByText("since they tell nothing of this model", { exact: false }).waitFor();
    await expect.poll(() => page.getByRole("img", { name: "occlusion of pneumonia" }).count()).toBe(0);
    await page.getByRole("button", { name: "Show them all the same" }).click();
    await page.getByRole("img", { name: "occlusion of pneumonia" }).first().waitFor();
    await expect.poll(() => page.locator(".heatmap-stamp").count()).toBe(4); // on every one of them
  });

  it("saves the checks as CSV", async () => {
    const text = await saved(page, () => page.getByRole("button", { name: "Save the checks as CSV" }).click());
    expect(text).toContain("integrated gradients,random weights,MAGNITUDE,0.52,");
    expect(text).toContain("Grad-CAM,random down to stem,SIGNED,");
    expect(text).toContain("occlusion,localisation,auc,0.7,");
  });

  it("tells the console of no error", () => {
    expect(visitor.told).toEqual([]);
  });
});

/** A bright spot on nothing, 64 x 64. */
async function blobOfMap(
  { database: { db, teamId } }: World,
  objects: ReturnType<typeof openObjects>,
): Promise<string> {
  const imaging = openImaging({ processes: 1 });
  const map = Float32Array.from({ length: 64 * 64 }, (_, i) =>
    Math.max(0, 20 - Math.hypot((i % 64) - 40, (i >> 6) - 28)),
  );
  const { sha256, size } = await objects.put(
    teamId,
    Buffer.from(await imaging.encodeImage(coloured(map), 64, 64, "png")),
  );
  await imaging.close();
  await db.asTeam(teamId, (sql) => putBlob(sql, teamId, { sha256, size, mediaType: "image/png" }));
  return sha256;
}
