/** @file The one check command: format and lint, types, generated files, tests. Stops at the first that fails. */
import { spawnSync } from "node:child_process";

const steps = [
  ["format and lint", ["node_modules/@biomejs/biome/bin/biome", "check", "."]],
  ["types", ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"]],
  ["types of the dashboard", ["node_modules/typescript/bin/tsc", "-p", "apps/web/tsconfig.json", "--noEmit"]],
  ["tests, the schema's drift among them", ["tools/runTests.mjs"]],
];

for (const [name, args] of steps) {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) {
    console.error(`\n${name}: failed`);
    process.exit(1);
  }
}
console.log("\nAll checks passed.");
