/**
 * @file The main job as a person does it: the product started by the cli's own code, then everything in Chromium: sign in, make a
 * dataset, import a folder, start an experiment, watch it end, read the comparison.
 */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeEndoscopySet } from "@tessera/synthetic/endoscopySet";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Platform, startPlatform } from "../../apps/cli/src/platform.ts";
import { readSettings } from "../../apps/cli/src/settings.ts";
import { chromiumMissing, chromiumPath, launchChromium } from "./support/chromium.ts";
import { isAlive, settled } from "./support/screens.ts";
import { buildMissing, freePort, isBuilt } from "./support/web.ts";

const ready = chromiumPath() !== null && isBuilt();
if (!ready) console.warn(`SKIPPED, the main job in the browser: ${isBuilt() ? chromiumMissing : buildMissing}`);

const patience = 240_000;

describe.skipIf(!ready)("the main job in the browser", () => {
  let home: string;
  let folder: string;
  let platform: Platform;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "tessera-main-job-"));
    await chmod(home, 0o755); // as root, PostgreSQL runs as another user, who must be able to reach it
    folder = join(home, "endoscopy");
    await writeEndoscopySet({ directory: folder, items: 24, size: 96, seed: 5, domain: "a" });
    platform = await startPlatform(
      readSettings({
        TESSERA_HOME: join(home, "home"),
        TESSERA_WEB_PORT: String(await freePort()),
        TESSERA_THREADS: "1",
      }),
      () => undefined,
    );
    browser = await launchChromium();
    page = await browser.newPage();
    page.setDefaultTimeout(60_000);
  }, patience);

  afterAll(async () => {
    await browser?.close();
    await platform?.stop();
    if (home) await rm(home, { recursive: true, force: true });
  }, patience);

  it(
    "goes from an empty team to a comparison with pictures",
    async () => {
      await page.goto(`${platform.url}/datasets`);
      await page.waitForFunction(isAlive("form"));
      await page.getByLabel("E-mail").fill(platform.signIn.email);
      await page.locator("input[name=password]").fill(platform.signIn.password);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.waitForURL((url) => url.pathname === "/datasets");
      await settled(page);

      await page
        .getByRole("button", { name: /new dataset/i })
        .first()
        .click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Name").fill("Endoscopy");
      await dialog.getByLabel("Project").fill("Polyps");
      await dialog.getByRole("button", { name: "Make dataset" }).click();
      await page.waitForURL(/\/datasets\/[0-9a-f-]{36}/);

      await page.getByRole("button", { name: "Import a folder" }).first().click();
      await page.locator("input[type=file]").setInputFiles(folder);
      await page.getByRole("dialog").getByRole("button", { name: "Import", exact: true }).click();
      await page
        .getByText(/24 (items )?added/)
        .first()
        .waitFor();

      await page.goto(`${platform.url}/experiments/new`);
      await page.getByLabel("Name", { exact: true }).fill("Which loss?");
      await page.getByRole("textbox", { name: "Question" }).fill("Does cross-entropy beside soft Dice help?");
      for (const [label, value] of [
        ["Input side", "32"],
        ["Depth", "2"],
        ["First filters", "4"],
        ["Epochs", "2"],
        ["Threads", "1"],
      ]) {
        await page.getByRole("textbox", { name: label!, exact: true }).fill(value!);
      }
      await page.getByLabel("level 3").waitFor({ state: "detached" });
      await page.getByLabel("Name of arm 1").fill("both");
      await page.getByLabel("Name of arm 2").fill("soft Dice alone");
      await page.getByLabel("Change another option in arm 2").selectOption({ label: "Loss" });
      await page
        .getByLabel("Arm 2", { exact: true })
        .getByLabel("Loss", { exact: true })
        .selectOption({ label: "soft Dice" });
      await page.getByRole("textbox", { name: /^Seeds/ }).fill("1-2");
      await page.getByRole("button", { name: /start|queue/i }).click();
      await page.waitForURL(/\/experiments\/[0-9a-f-]{36}/);

      // Live: no reload between here and the end of the fourth run.
      await page.getByText("succeeded").nth(3).waitFor();
      await page.getByRole("tab", { name: "Comparison" }).click();
      // The plots come after the words: each is waited for, none is read once.
      const says = (words: RegExp) =>
        expect.poll(() => page.locator("main").textContent(), { timeout: 60_000 }).toMatch(words);
      await says(/A verdict needs at least 5 paired seeds, here are 2/);
      await says(/both empty = undefined/);
      await says(/label version 1/i);
      await says(/2 (paired )?seeds/);
      await page.locator("main canvas").first().waitFor();
    },
    patience,
  );
});
