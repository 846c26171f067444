/** @file axe-core in the page: what it finds serious or critical fails the test, named by element. */
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const script = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

interface Found {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/**
 * "rule: help: element" for each finding; empty when there is none. `colours`: only what another colour scheme can change;
 * `within`: only this part of the page.
 */
export async function seriousFindings(page: Page, { colours = false, within = "html" } = {}): Promise<string[]> {
  if (!(await page.evaluate("Boolean(window.axe)"))) await page.addScriptTag({ path: script });
  // Code of the page is a string: these tests are compiled without the browser's types.
  const only = colours ? { type: "rule", values: ["color-contrast"] } : { type: "tag", values: standards };
  const run = `axe.run(${JSON.stringify(within)}, { runOnly: ${JSON.stringify(only)}, resultTypes: ["violations"] }).then((found) => found.violations)`;
  const violations = await page.evaluate<Found[]>(run);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, help, nodes }) =>
      nodes.map(
        (node) => `${id}: ${help}: ${node.html.slice(0, 200)}: ${node.failureSummary?.replaceAll("\n", " ") ?? ""}`,
      ),
    );
}
