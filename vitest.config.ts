import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: [
      // One copy each: vitest would load the ESM build beside the CommonJS one that the libraries themselves load.
      { find: /^graphql$/, replacement: "graphql/index.js" },
      // The dashboard's own imports, as its tsconfig has them.
      { find: /^@\/(.*)$/, replacement: fileURLToPath(new URL("apps/web/src/$1.ts", import.meta.url)) },
      { find: /^@tensorflow\/tfjs$/, replacement: "@tensorflow/tfjs/dist/tf.node.js" },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/postgres.ts"],
    pool: "forks",
    maxWorkers: 2,
    // Of the tests that say `concurrent`: those in the browser, which wait more than they compute.
    maxConcurrency: 3,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
