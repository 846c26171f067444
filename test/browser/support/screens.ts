/** @file What every screen is held to: a title, one heading, no serious finding in light or dark, no sideways scrolling at 390 px. */
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { seriousFindings } from "./axe.ts";

/**
 * Until the page has its title and one heading (while it streams in, there may be none, or two), no skeleton is left, and React has taken
 * over what the server sent: a key or a click before that would be lost.
 */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    `document.title !== "" && document.querySelectorAll("h1").length === 1 &&
      !document.querySelector('[role="status"][aria-label="Loading"], .mantine-Skeleton-root') &&
      ${isAlive("h1")}`,
  );
  await page.locator("h1").waitFor();
}

/** React marks the elements that it answers for; an expression for the page. */
export const isAlive = (selector: string): string =>
  `Object.keys(document.querySelector(${JSON.stringify(selector)}) ?? {}).some((key) => key.startsWith("__reactFiber"))`;

export type Tab = readonly [tab: string, landmark: string];

/** Every tab of an open page, the first one already shown: wide and light, then narrow and dark. */
export async function holdsInEveryLook(page: Page, tabs: readonly Tab[]): Promise<void> {
  for (const [place, [tab, landmark]] of tabs.entries()) {
    if (place > 0) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.emulateMedia({ colorScheme: "light" });
      await page.getByRole("tab", { name: tab }).click();
      await page.getByRole("tab", { name: tab, selected: true }).waitFor();
      await settled(page);
    }
    await page.locator("main").getByText(landmark, { exact: false }).first().waitFor();
    // The frame around the screen is the same on every tab.
    const within = place > 0 ? "main" : "html";
    expect(await seriousFindings(page, { within })).toEqual([]);
    await page.setViewportSize({ width: 390, height: 800 });
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForFunction(`document.documentElement.dataset.mantineColorScheme === "dark"`);
    // Charts follow their box a moment after the window.
    await page.waitForFunction(`document.documentElement.scrollWidth === document.documentElement.clientWidth`);
    expect(await seriousFindings(page, { colours: true, within })).toEqual([]);
  }
}

/** The text of the file that an action saves. */
export async function saved(page: Page, act: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return readFile(await download.path(), "utf8");
}
