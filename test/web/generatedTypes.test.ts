import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

it("apps/web/src/gql is what schema.graphql and the dashboard's operations give", () => {
  const manifest = createRequire(import.meta.url).resolve("@graphql-codegen/cli/package.json");
  const command = join(dirname(manifest), "esm", "bin.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, "--config", "codegen.ts", "--check"], {
    cwd: "apps/web",
    encoding: "utf8",
  });
  const fix = "in apps/web, run: npx graphql-codegen --config codegen.ts";
  expect(status, `${fix}\n${stdout}\n${stderr}`).toBe(0);
});
