/** @file A person who is signed in to the built dashboard, in a real browser, in front of a test's api. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { vi } from "vitest";
import type { World } from "../../api/world.ts";
import { chromiumMissing, chromiumPath, launchChromium } from "./chromium.ts";
import { settled } from "./screens.ts";
import { allowSignIn, signIn } from "./signIn.ts";
import { buildMissing, isBuilt, startWeb } from "./web.ts";

// A page's wait ends first (60 s) and says what it waited for; on a machine that is busy many of them are slow, and none wrong.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

export interface Visitor {
  readonly url: string;
  readonly browser: Browser;
  readonly person: BrowserContext;
  /** The errors that the pages told their console, each with its path. */
  readonly told: string[];
  /** A new page: wide and light unless told, whole, and alive. */
  open(path: string, look?: { readonly width?: number; readonly dark?: boolean }): Promise<Page>;
  close(): Promise<void>;
}

/** What this machine lacks for tests in a browser; it is told once, loudly. */
export function lacking(file: string): boolean {
  const missing = [...(chromiumPath() ? [] : [chromiumMissing]), ...(isBuilt() ? [] : [buildMissing])];
  if (missing.length > 0) console.warn(`SKIPPED test/browser/${file}:\n${missing.join("\n")}`);
  return missing.length > 0;
}

/** Opens a page anew, and waits until it is whole and alive. */
export async function goTo(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await settled(page);
}

// Asking whether a file is known answers 404 where it is not, and Chromium tells that as an error.
const isQuestion = (text: string, url: string) => text.includes("404") && url.includes("/files/");

/** @param timeout of each action and each wait of its pages, milliseconds */
export async function visit({ database, url: apiUrl }: World, timeout = 60_000): Promise<Visitor> {
  await allowSignIn(database);
  const [web, browser] = await Promise.all([startWeb(apiUrl), launchChromium()]);
  const person = await browser.newContext();
  person.setDefaultTimeout(timeout);
  const door = await person.newPage();
  await signIn(door, web.url);
  await door.close();
  const told: string[] = [];
  return {
    url: web.url,
    browser,
    person,
    told,
    async open(path, { width = 1280, dark = false } = {}) {
      const page = await person.newPage();
      page.on("console", (line) => {
        const [text, { url }] = [line.text(), line.location()];
        if (line.type() === "error" && !isQuestion(text, url)) told.push(`${path}: ${text} ${url}`);
      });
      page.on("pageerror", (error) => told.push(`${path}: ${error.message}`));
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: dark ? "dark" : "light", reducedMotion: "reduce" });
      await goTo(page, web.url + path);
      return page;
    },
    async close() {
      await browser.close();
      await web.close();
    },
  };
}
