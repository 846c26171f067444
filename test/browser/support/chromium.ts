/** @file Chromium, found where a machine may have it; never downloaded here. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser's path, or null. TESSERA_CHROMIUM wins. */
export function chromiumPath(): string | null {
  const named = process.env.TESSERA_CHROMIUM;
  return [...(named ? [named] : []), ...places].find((path) => existsSync(path)) ?? null;
}

export const chromiumMissing =
  "Chromium is missing: install it (Debian: apt install chromium) or set TESSERA_CHROMIUM to its path.";

export function launchChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error(chromiumMissing);
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
