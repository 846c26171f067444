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

/** "rule: help: element" for each finding; empty when there is none. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: script });
  // Code of the page is a string: these tests are compiled without the browser's types.
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const run = `axe.run({ runOnly: { type: "tag", values: ${JSON.stringify(tags)} } }).then((found) => found.violations)`;
  const violations = await page.evaluate<Found[]>(run);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, help, nodes }) =>
      nodes.map(
        (node) => `${id}: ${help}: ${node.html.slice(0, 200)}: ${node.failureSummary?.replaceAll("\n", " ") ?? ""}`,
      ),
    );
}
