/**
 * @file The built dashboard in a real browser, in front of a real api and database: every screen in light, dark and narrow,
 * by keyboard, without serious findings of axe and without errors in the console; and the actions that change something.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openObjects } from "@tessera/objects/localObjects";
import { ingest } from "@tessera/store/claims";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "../api/world.ts";
import { seriousFindings } from "./support/axe.ts";
import { holdsInEveryLook, saved, settled, type Tab } from "./support/screens.ts";
import { type Seeded, seed } from "./support/seed.ts";
import { lacking, type Visitor, visit } from "./support/visitor.ts";

describe.skipIf(lacking("dashboard.test.ts"))("the dashboard", () => {
  let world: World;
  let visitor: Visitor;
  let seeded: Seeded;

  beforeAll(async () => {
    world = await startWorld();
    const { db, teamId, userId } = world.database;
    const objects = openObjects({ directory: world.objectsDirectory });
    [seeded, visitor] = await Promise.all([seed({ db, objects, teamId, userId, items: 26 }), visit(world)]);
  });

  afterAll(async () => {
    await visitor?.close();
    await world?.close();
  });

  /** Pages, each with its tabs: what is reached by one load is looked at in one load. */
  const pages: [name: string, path: () => string, tabs: readonly Tab[]][] = [
    [
      "an experiment",
      () => `/experiments/${seeded.finishedId}`,
      [
        ["Runs and curves", "Dice + CE is better than soft Dice"],
        ["Comparison", "Ticks: the paired seeds"],
        ["Design", "Declared before the runs"],
      ],
    ],
    [
      "a run",
      () => `/runs/${seeded.finishedRunId}`,
      [
        ["Curves and pictures", "Pictures by epoch"],
        ["Scores", "Dice on the test fold"],
        ["Configuration and lineage", "best checkpoint"],
        ["Attempts and log", "loss was not a number"],
      ],
    ],
    [
      "a dataset",
      () => `/datasets/${seeded.datasetId}`,
      [
        ["Items", "Region sizes"],
        ["Label versions", "two late items added"],
        ["Splits", "thirds"],
        ["Imports", "images/notes.jpg"],
      ],
    ],
    ["experiments", () => "/experiments", [["", "Loss with cross-entropy"]]],
    ["new experiment", () => "/experiments/new", [["", "What this starts"]]],
    ["runs", () => "/runs", [["", "soft Dice, seed 1"]]],
    ["datasets", () => "/datasets", [["", "Synthetic endoscopy"]]],
    ["workers", () => "/workers", [["", "bench-1"]]],
    ["team", () => "/team", [["", "API tokens"]]],
    ["a run that is not there", () => "/runs/00000000-0000-4000-8000-000000000000", [["", "There is no such run"]]],
  ];

  it.concurrent.for(pages)(
    "%s: in light and dark without serious findings, at 390 px without scrolling sideways",
    async ([, path, tabs], { expect }) => {
      const page = await visitor.open(path());
      await expect.poll(() => page.title()).toMatch(/^.+ · Tessera$/);
      await holdsInEveryLook(page, tabs);
      await page.close();
    },
  );

  it.concurrent("draws the masks over the images", async () => {
    const page = await visitor.open(`/datasets/${seeded.datasetId}`);
    const painted = `[...document.querySelectorAll(".item-grid canvas")].filter((canvas) => canvas.width > 0 &&
      canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0)).length`;
    await page.waitForFunction(`${painted} >= 6`);
    await page.getByRole("switch", { name: "Masks" }).click();
    await page.waitForFunction(`document.querySelectorAll(".item-grid canvas").length === 0`);
    await page.close();
  });

  it.concurrent("leads from the keyboard alone to the comparison's items", async ({ expect }) => {
    const page = await visitor.open(`/experiments/${seeded.finishedId}`);
    await page.keyboard.press("Tab");
    await expect.poll(() => page.evaluate(`document.activeElement.textContent`)).toBe("Skip to content");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(`document.activeElement.id`)).toBe("main");
    await tabTo(page, "Runs and curves");
    await page.keyboard.press("ArrowRight");
    await page.getByText("Ticks: the paired seeds").waitFor();
    await settled(page);
    const first = page.locator(".compared-items button").first();
    const name = await first.textContent();
    await tabTo(page, name!);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    const title = await dialog.locator("h2").innerText();
    expect(name).toContain(title);
    const second = await page.locator(".compared-items button").nth(1).textContent();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(`document.querySelector("[role=dialog] h2").textContent !== ${JSON.stringify(title)}`);
    await expect.poll(async () => second!.includes(await dialog.locator("h2").innerText())).toBe(true);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await page.close();
  });

  it.concurrent("shows what a worker writes without a reload", async () => {
    const page = await visitor.open(`/runs/${seeded.openRunId}`);
    await page.getByText("140 of 240 steps").waitFor();
    const { db, teamId } = world.database;
    const [open_] = await world.database.owner<
      { attempt: number }[]
    >`select attempt from runs where id = ${seeded.openRunId}`;
    await ingest(db, {
      teamId,
      runId: seeded.openRunId,
      attempt: open_!.attempt,
      sequence: 2,
      events: [
        { type: "progress", phase: "training", step: 160, totalSteps: 240 },
        { type: "points", series: "validation/dice", steps: [160], values: [0.4321] },
      ],
    });
    await page.getByText("160 of 240 steps").waitFor();
    await page.getByText("0.4321").waitFor();
    await page.close();
  });

  it.concurrent("starts an experiment, naming what is wrong with it first", async ({ expect }) => {
    const page = await visitor.open("/experiments/new");
    await page.getByLabel("Name", { exact: true }).fill("Depth of the U-Net");
    await page.getByRole("textbox", { name: "Question" }).fill("Does one pooling less cost Dice?");
    await page.getByLabel("Name of arm 2").fill("shallower");
    await page.getByLabel("Input side").fill("130");
    await page.getByText("multiple of 2^depth", { exact: false }).first().waitFor();
    const start = page.getByRole("button", { name: "Start 10 runs" });
    await expect.poll(() => start.isDisabled()).toBe(true);
    await page.getByLabel("Input side").fill("128");
    await page.getByLabel("Change another option in arm 2").selectOption("model.depth");
    await page.getByRole("region", { name: "Arm 2" }).getByRole("textbox", { name: "Depth" }).fill("4");
    await page.getByRole("button", { name: "Start 10 runs", disabled: false }).click();
    await page.waitForURL(/\/experiments\/[0-9a-f-]{36}$/);
    await page.getByRole("button", { name: "Cancel shallower, seed 1" }).click();
    await page.getByRole("button", { name: "Queue shallower, seed 1 again" }).waitFor();
    await page.close();
  });

  it.concurrent("saves the run table, the compared items and a chart", async ({ expect }) => {
    const page = await visitor.open(`/experiments/${seeded.finishedId}`);
    const runs = await saved(page, () => page.getByRole("button", { name: "Save the runs as CSV" }).click());
    expect(runs.split("\r\n")[0]).toContain("arm,seed,run_id,state");
    expect(runs).toContain("soft Dice,1,");
    await page.getByRole("button", { name: /^Save .* validation dice$/ }).click();
    const chart = await saved(page, () => page.getByRole("menuitem", { name: "SVG, for a paper" }).click());
    expect(chart).toContain("validation/dice");
    // Its legend: outside the page nothing else names the lines.
    expect(chart).toContain("soft Dice");
    await page.getByRole("tab", { name: "Comparison" }).click();
    const items = await saved(page, () => page.getByRole("button", { name: "Save the items as CSV" }).click());
    expect(items.split("\r\n")[0]).toContain("dice_a,dice_a_seed_1");
    await page.getByRole("button", { name: /^Save difference/ }).click();
    const plot = await saved(page, () => page.getByRole("menuitem", { name: "SVG, for a paper" }).click());
    expect(plot).not.toContain("var(--");
    await page.close();
  });

  it.concurrent("says when the server is gone, and goes on when it is back", async () => {
    const quiet = await visitor.browser.newContext({ storageState: await visitor.person.storageState() });
    const page = await quiet.newPage();
    await page.clock.install();
    await page.goto(`${visitor.url}/workers`);
    await page.getByText("bench-1").first().waitFor();
    await quiet.route(/graphql|healthz/, (route) => route.abort());
    await page.clock.runFor(10_000);
    await page.getByText("server does not answer").waitFor();
    await quiet.unroute(/graphql|healthz/);
    await page.clock.runFor(10_000);
    await page.getByText("server does not answer").waitFor({ state: "hidden" });
    await page.getByText("bench-1").first().waitFor();
    await quiet.close();
  });

  it.concurrent("invites a viewer, who joins by the link and is offered nothing that would be refused", async ({
    expect,
  }) => {
    const page = await visitor.open("/team");
    await page.getByLabel("E-mail", { exact: false }).first().fill("grace@example.org");
    await page.getByLabel("Role", { exact: true }).first().selectOption("VIEWER");
    await page.getByRole("button", { name: "Invite" }).click();
    const link = await page.getByText("/accept-invitation?token=").innerText();
    const guest = await visitor.browser.newContext();
    const joining = await guest.newPage();
    await joining.goto(link);
    await settled(joining);
    expect(await seriousFindings(joining)).toEqual([]);
    await joining.getByLabel("Name", { exact: true }).fill("Grace");
    await joining.locator("input[name=password]").fill("another long sentence");
    await joining.getByRole("button", { name: "Join" }).click();
    await joining.waitForURL(`${visitor.url}/experiments`);
    await joining.getByRole("button", { name: "Grace" }).waitFor();
    const refused = /^New$|New experiment|New dataset|Import a folder|New split|Invite|Remove|^Cancel |again$/;
    for (const path of [
      `/experiments/${seeded.finishedId}`,
      `/datasets/${seeded.datasetId}?tab=splits`,
      "/datasets?new=1",
    ]) {
      await joining.goto(visitor.url + path);
      await settled(joining);
      await expect.poll(() => joining.getByRole("button", { name: refused }).count(), { message: path }).toBe(0);
      await expect.poll(() => joining.getByRole("dialog").count(), { message: path }).toBe(0);
    }
    await joining.goto(`${visitor.url}/experiments/new`);
    await joining.getByText("Your role does not allow this").waitFor();
    await guest.close();
    await page.close();
  });

  it.concurrent("takes whoever is signed out to sign in, and says what is wrong", async ({ expect }) => {
    const stranger = await visitor.browser.newContext();
    const page = await stranger.newPage();
    await page.goto(`${visitor.url}/workers`);
    await page.waitForURL(/\/sign-in\?next=%2Fworkers/);
    await settled(page);
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByLabel("E-mail", { exact: false }).fill("nobody@example.org");
    await page.locator("input[name=password]").fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("The e-mail or the password is wrong").waitFor();
    await stranger.close();
  });

  // By itself: Chromium hands a folder to one page at a time.
  it("imports a folder: hashes, sends what is new, queues the import", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tessera-folder-"));
    try {
      for (const part of ["images", "masks"]) {
        await mkdir(join(folder, part));
        await writeFile(join(folder, part, "one.jpg"), `not a picture: ${part}`);
      }
      const page = await visitor.open(`/datasets/${seeded.datasetId}`);
      await page.getByRole("button", { name: "Import a folder" }).first().click();
      await page.locator("input[type=file]").setInputFiles(folder);
      await page.getByText("1 file in images/, 1 file in masks/").waitFor();
      await page.getByRole("button", { name: "Import", exact: true }).click();
      await page.getByText("Import, reader “published”").waitFor();
      await page.getByText("queued").first().waitFor();
      await page.close();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("left no error in the console", () => {
    expect(visitor.told).toEqual([]);
  });
});

/** The text of the file that an action saves. */

/** Presses Tab until the element with this text or label has the focus; its focus must be visible. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    const [text, label] = await page.evaluate<[string, string | null]>(
      `[document.activeElement.textContent, document.activeElement.getAttribute("aria-label")]`,
    );
    if (text === name || label === name) {
      const outline = await page.evaluate(`getComputedStyle(document.activeElement).outlineStyle`);
      expect(outline).not.toBe("none");
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`"${name}" cannot be reached with the Tab key`);
}
