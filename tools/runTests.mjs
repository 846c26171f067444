/**
 * @file Runs every test and ends with one line `N passed, N failed` (and how many were skipped, if any).
 * Arguments go to vitest: `npm test -- test/store` runs a part.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const work = mkdtempSync(join(tmpdir(), "tessera-tests-"));
const report = join(work, "report.json");
const vitest = join("node_modules", "vitest", "vitest.mjs");
const args = [
  vitest,
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
];
const { status } = spawnSync(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });

let passed = 0;
let failed = 0;
let skipped = 0;
try {
  const results = JSON.parse(readFileSync(report, "utf8"));
  passed = results.numPassedTests;
  failed = results.numFailedTests;
  skipped = results.numPendingTests + (results.numTodoTests ?? 0);
  // A file that fails to load holds no failed test, yet it is a failure.
  failed += results.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
} catch {
  failed = 1; // vitest died before it could write
}
rmSync(work, { recursive: true, force: true });
if (skipped > 0) console.log(`${skipped} skipped: see the messages above for what each needs`);
if (status !== 0 && failed === 0) failed = 1; // an unhandled error outside any test
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
