/** Label errors, the form of a cross-validation, and the audit of reports, in a real browser in front of a real api. */
import { openObjects } from "@tessera/objects/localObjects";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ErrorsWorld, plantLabelErrors } from "../api/labelErrorsWorld.ts";
import { plantReportedFilms, reports, table } from "../api/reportsWorld.ts";
import { startWorld, type World } from "../api/world.ts";
import { picture } from "./support/look.ts";
import { openPictures, type Pictures } from "./support/pictures.ts";
import { holdsInEveryLook } from "./support/screens.ts";
import { lacking, type Visitor, visit } from "./support/visitor.ts";

describe.skipIf(lacking("labelErrors.test.ts"))("label errors", () => {
  let world: World;
  let visitor: Visitor;
  let pictures: Pictures;
  let planted: ErrorsWorld;
  let films: Awaited<ReturnType<typeof plantReportedFilms>>;

  beforeAll(async () => {
    world = await startWorld();
    const { db, teamId } = world.database;
    pictures = openPictures(db, openObjects({ directory: world.objectsDirectory }), teamId);
    const drawn = await Promise.all(Array.from({ length: 37 }, (_, index) => pictures.plant(index)));
    planted = await plantLabelErrors(world, { images: drawn.map(({ imageSha256 }) => imageSha256), mask: drawn[0]!.maskSha256 }); // biome-ignore format: one line
    films = await plantReportedFilms(world);
    visitor = await visit(world);
  });

  afterAll(async () => {
    await visitor?.close();
    await pictures?.close();
    await world?.close();
  });

  it("are ranked with what was given and what is suggested, against the planted truth", async () => {
    const page = await visitor.open(`/experiments/${planted.films}?tab=errors`);
    await page.getByText("Against the planted errors").waitFor();
    const rows = page.locator(".suspect-grid li");
    await expect.poll(() => rows.count()).toBe(25);
    await expect.poll(() => rows.first().innerText()).toMatch(/1 · film \d+[\s\S]*given (normal|pneumonia)[\s\S]*suggested [\s\S]*held to be wrong[\s\S]*changed by the planted noise/); // biome-ignore format: one line
    await picture(page, "errors");
    await page.getByRole("button", { name: /given normal, suggested pneumonia$/ }).click();
    await page.waitForFunction(`document.querySelectorAll(".suspect-grid li").length === 3`);
    await page.getByRole("button", { name: "All labels" }).click();
    await page.getByLabel("Only with a copy whose label contradicts").check();
    await page.waitForFunction(`document.querySelectorAll(".suspect-grid li").length === 2`);
    await page.getByRole("button", { name: "Send the 2 items shown to review" }).click();
    await page.getByText("2 tasks added to the review queue").waitFor();
    const tasks = await world.database.owner<{ purpose: string; note: string }[]>`
      select purpose, note from review_tasks order by priority desc`;
    expect(tasks.map(({ purpose }) => purpose)).toEqual(["review", "review"]);
    expect(tasks[0]!.note).toMatch(/^label version \d+, place \d+ of the suspects: given \w+; /);
    await page
      .getByRole("button", { name: /^Look at film/ })
      .first()
      .click();
    await page.getByRole("dialog").getByText("contradicts its copy").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("dialog").getByRole("button", { name: "Next", disabled: true }).waitFor();
    await page.keyboard.press("Escape");
    await holdsInEveryLook(page, [["Label errors", "the most suspect first"]]);
    await picture(page, "errors-dark-390");
    await page.close();
  });

  it("of masks are outlines over the picture, and their scores are Dice over whole repeats", async () => {
    const page = await visitor.open(`/experiments/${planted.polyps}?tab=errors`);
    const rows = page.locator(".suspect-grid li");
    await rows.first().waitFor();
    await expect.poll(() => rows.first().innerText()).toContain("Dice 0.000");
    await picture(page, "mask-errors");
    await page.getByRole("tab", { name: "Cross-validation" }).click();
    await page.getByText("Mean Dice by arm").waitFor();
    await expect.poll(() => page.getByRole("tab").allInnerTexts()).toEqual(["Runs and curves", "Comparison", "Cross-validation", "Label errors", "Memorisation", "Design"]); // biome-ignore format: one line
    await page.close();
  });

  it("need a cross-validation, which a form starts", async () => {
    const page = await visitor.open("/experiments/new/cross-validation");
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("By form");
    await page.getByRole("textbox", { name: "Question" }).fill("Which labels are wrong?");
    await page.getByRole("combobox", { name: "Dataset" }).selectOption({ label: "Films" });
    await page.getByRole("button", { name: "Remove arm 2" }).click(); // biome-ignore format: one line
    await page.getByRole("textbox", { name: "Folds" }).fill("3");
    await page.getByText("each run trains on about 8", { exact: false }).waitFor();
    await picture(page, "form");
    await page.getByRole("button", { name: "Start 3 runs" }).click();
    await page.getByText("3 folds × 1 repeat", { exact: false }).waitFor();
    await page.getByRole("tab", { name: "Label errors" }).click();
    await page.getByText("No repeat is whole yet").waitFor();
    await page.close();
  });

  it("may come from reports: a table is read in a dialog, and held against hand labels", async () => {
    const page = await visitor.open(`/datasets/${films.dataset.id}?tab=reports`);
    await page.getByText("No claim on real reports").waitFor();
    await page.getByRole("button", { name: "Read reports" }).click();
    const form = page.getByRole("dialog");
    const csv = { name: "reports.csv", mimeType: "text/csv", buffer: Buffer.from(table(reports)) };
    await form.locator("input[type=file]").setInputFiles(csv);
    await form.getByLabel("What is not mentioned counts as").selectOption("ABSENT");
    await form.getByRole("button", { name: "Read reports" }).click();
    await page.getByRole("cell", { name: "Effusion" }).or(page.getByRole("rowheader", { name: "Effusion" })).first().waitFor(); // biome-ignore format: one line
    await page.locator("mark").first().waitFor();
    await expect.poll(() => page.locator("mark").count()).toBeGreaterThan(20);
    await picture(page, "reports");
    await page.getByRole("button", { name: /^Effusion, labelled absent, read as negative/ }).click();
    await page.getByText("Effusion read as negative, labelled absent").waitFor();
    await holdsInEveryLook(page, [["Reports", "Against hand labels"]]);
    await picture(page, "reports-dark-390");
    await page.close();
  });

  it("break nothing on the way", () => expect(visitor.told).toEqual([]));
});
