/**
 * @file Makes the README's picture: the comparison page of the newest experiment of a running demo.
 *
 *   npm run demo                        (in one terminal, to its end)
 *   node tools/screenshot.mjs URL       (in another; URL is what the demo printed)
 *
 * --out FILE (docs/comparison.png), --scheme light|dark, --width PX, --height PX, --path /experiments/ID?tab=comparison
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: "string", default: "docs/comparison.png" },
    scheme: { type: "string", default: "light" },
    width: { type: "string", default: "1280" },
    height: { type: "string", default: "1330" },
    path: { type: "string" },
  },
});
const url = positionals[0] ?? "http://127.0.0.1:3000";
const home = process.env.TESSERA_HOME ?? ".tessera";
const { email, password, token } = JSON.parse(readFileSync(join(home, "first-sign-in.json"), "utf8"));

async function newestExperiment() {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: "{ experiments(first: 20) { edges { node { id arms { name } createdAt } } } }" }),
  });
  const { data } = await response.json();
  const compared = data.experiments.edges.map(({ node }) => node).filter(({ arms }) => arms.length > 1);
  compared.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  if (!compared[0]) throw new Error("There is no experiment with two arms yet: wait for the demo.");
  return compared[0].id;
}

const executablePath = [process.env.TESSERA_CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (path) => path && existsSync(path),
);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({
  colorScheme: values.scheme,
  viewport: { width: Number(values.width), height: Number(values.height) },
  deviceScaleFactor: 1,
});
await page.goto(`${url}/sign-in`);
await page.getByLabel("E-mail").fill(email);
await page.locator("input[name=password]").fill(password);
await page.getByRole("button", { name: "Sign in" }).click();
await page.waitForURL(/experiments/);
await page.goto(url + (values.path ?? `/experiments/${await newestExperiment()}?tab=comparison`));
await page.waitForLoadState("networkidle").catch(() => undefined); // live updates keep a connection open
// Pictures load when they come near the screen.
await page.evaluate(async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 400) {
    window.scrollTo(0, y);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  window.scrollTo(0, 0);
});
await page.waitForTimeout(1000);
const clip = { x: 0, y: 0, width: Number(values.width), height: Number(values.height) };
await page.screenshot({ path: values.out, fullPage: true, clip });
await browser.close();
console.log(values.out);
