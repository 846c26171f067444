import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "../api/world.ts";
import { picture } from "./support/look.ts";
import { plantTransfer, plantWeights } from "./support/plantTransfer.ts";
import { holdsInEveryLook, saved } from "./support/screens.ts";
import { goTo, lacking, type Visitor, visit } from "./support/visitor.ts";

const patience = 240_000;

describe.skipIf(lacking("transferStudy.test.ts"))("the transfer study in the browser", () => {
  let world: World;
  let visitor: Visitor;
  let page: Page;
  let studyId: string;

  const panel = (title: string) => page.locator("section", { has: page.getByRole("heading", { name: title }) });

  async function open(path: string): Promise<void> {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
    await goTo(page, visitor.url + path);
  }

  beforeAll(async () => {
    world = await startWorld();
    const { teamId } = world.database;
    const weightsId = await plantWeights(world, teamId);
    const [planted, opened] = await Promise.all([plantTransfer(world, teamId, { weightsId }), visit(world, 60_000)]);
    [studyId, visitor] = [planted.experimentId, opened];
    page = await visitor.open("/experiments");
  }, patience);
  afterAll(async () => {
    await visitor?.close();
    await world?.close();
  }, patience);

  it(
    "answers twice, by the final gap and by speed, at every share",
    async () => {
      await open(`/experiments/${studyId}?tab=transfer`);
      const scores = panel("AUC by share of the training items");
      // Each seed of each cell is reached by keyboard and opens its run.
      await scores.getByRole("link", { name: /^random, 5 %, seed 1: AUC 0\.\d{3}$/ }).waitFor();
      await expect.poll(() => scores.getByRole("link").count()).toBe(3 * 3 * 5);
      const gaps = panel("Final gap").getByRole("link");
      await expect.poll(() => gaps.count()).toBe(2 * 3);
      await expect
        .poll(() => gaps.first().getAttribute("aria-label"))
        .toMatch(/^ImageNet − random at 5 %: \+0\.\d{3} AUC.*: better$/);
      const speed = panel("Speed gap").getByRole("link");
      await expect.poll(() => speed.first().getAttribute("aria-label")).toMatch(/^ImageNet at 5 %: [\d.]+ × faster/);
      // One run of the statistics never gets there.
      await expect
        .poll(() => speed.nth(3).getAttribute("aria-label"))
        .toMatch(/reached by 4 of 5 runs, of the reference 5/);
      const curves = panel("How fast each arm learns");
      await curves.getByText("reaches the target in 4 of 5 seeds").waitFor();
      await panel("The arms, and what their start cost")
        .getByText("15 runs, 3,600 updates in all", { exact: false })
        .first()
        .waitFor();
      await picture(page, "board");
      const csv = await saved(page, () => page.getByRole("button", { name: "Save the board as CSV" }).click());
      expect(csv.split("\r\n")).toHaveLength(1 + 9 + 1);
      expect(csv).toMatch(/^ImageNet,0\.05,2,240,auc,0\.\d+/m);
    },
    patience,
  );

  it(
    "stays legible and accessible in light and dark and at 390 px",
    async () => {
      await open(`/experiments/${studyId}?tab=transfer`);
      await holdsInEveryLook(page, [["Transfer", "How fast each arm learns"]]);
      await picture(page, "board-narrow-dark");
    },
    patience,
  );

  it(
    "opens the comparison of the two arms of a row",
    async () => {
      await open(`/experiments/${studyId}?tab=transfer`);
      await panel("Final gap").getByRole("link").first().press("Enter");
      await page.waitForURL(/tab=comparison/);
      await page.getByText("ImageNet · 5 % − random · 5 %", { exact: false }).first().waitFor();
    },
    patience,
  );

  it(
    "starts what is chosen in one form, and says what fits",
    async () => {
      await open("/experiments");
      await page.getByRole("button", { name: "New", exact: true }).click();
      await page.getByRole("menuitem", { name: "New transfer study" }).click();
      await page.getByLabel("Name", { exact: true }).fill("Shares of the films");
      await page.getByRole("textbox", { name: "Question" }).fill("Is it the features or their scale?");
      await page.getByRole("button", { name: "Add an arm" }).click();
      // The default is a ResNet.
      await page.getByText("No imported weights fit this model.").waitFor();
      await page.getByText("starting weights that fit for arm 2", { exact: false }).waitFor();
      await page.getByLabel("Family").selectOption("mobilenetV1");
      await page
        .getByLabel("Imported weights of arm 2")
        .selectOption({ label: "ImageNet MobileNetV1 · MobileNetV1, α 0.25, 2 classes" });
      await page.getByRole("button", { name: /^Add an arm of their statistics/ }).click();
      await page.getByRole("textbox", { name: "Name of arm 3" }).fill("their scale");
      for (const share of [/^5 %/, /^10 %/, /^50 %/]) await page.locator("label", { hasText: share }).click();
      await page.getByRole("textbox", { name: "Steps per epoch" }).fill("30");
      await page.getByRole("textbox", { name: "Epochs", exact: true }).fill("4");
      await page.getByText("120 updates", { exact: true }).waitFor();
      await page.getByRole("textbox", { name: "Seeds" }).fill("1-2");
      await page.getByRole("button", { name: "Start 12 runs" }).waitFor();
      await picture(page, "form");
      await holdsInEveryLook(page, [["form", "What this starts"]]);
      await picture(page, "form-narrow-dark");
      await page.getByRole("button", { name: "Start 12 runs" }).click();
      await page.waitForURL(/\/experiments\/[0-9a-f-]{36}\?tab=transfer$/);
      await page.getByText("waiting for runs").waitFor();
      await page.getByText("their scale", { exact: false }).first().waitFor();
      await picture(page, "waiting");
    },
    patience,
  );
});
