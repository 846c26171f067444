/** @file A screen in every look. With PICTURES=FOLDER in the environment each is saved there, to be looked at. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { seriousFindings } from "./axe.ts";

export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** In light and wide, then dark and narrow: without serious findings, and without scrolling sideways. */
export async function look(page: Page, name: string, within = "main"): Promise<void> {
  await picture(page, `${name}-light`);
  expect(await seriousFindings(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.waitForFunction(`document.documentElement.dataset.mantineColorScheme === "dark"`);
  await picture(page, `${name}-dark`);
  await page.setViewportSize({ width: 390, height: 800 });
  await page.waitForFunction(`document.documentElement.scrollWidth === document.documentElement.clientWidth`);
  await picture(page, `${name}-narrow`);
  expect(await seriousFindings(page, { colours: true, within })).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}
