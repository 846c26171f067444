/**
 * @file Runs the tests that tfjs-core ships against our engine, under jasmine, in a process of its own.
 *
 * Arguments: "eager" (all of them) or "compiled" (those of operations and gradients, inside compile()), and the file that gets
 * a line of JSON for each spec that ended: what is in it tells after which spec a process died.
 */
import { appendFileSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { randomStream } from "@tessera/domain/random";
import { initEngine } from "@tessera/engine/backend";
import { compiledIndex, type Namespace } from "./compiledOps.ts";
import type { Outcome } from "./judge.ts";

interface Done {
  readonly fullName: string;
  readonly status: string;
  readonly failedExpectations: readonly { readonly message: string }[];
}

interface Jasmine {
  getEnv(): {
    configure(options: { random: boolean; failSpecWithNoExpectations: boolean }): void;
    addReporter(reporter: { specDone(spec: Done): void; suiteDone(suite: Done): void }): void;
    execute(): Promise<unknown>;
  };
}

const [mode, report] = process.argv.slice(2) as ["eager" | "compiled", string];
Math.random = randomStream("conformance").uniform;
await initEngine({ threads: 1 });

const require = createRequire(createRequire(import.meta.url).resolve("@tensorflow/tfjs"));
const dist = (file: string): string => require.resolve(`@tensorflow/tfjs-core/dist/${file}.js`);

const environment = (require("jasmine-core") as { boot(): Jasmine }).boot().getEnv();
environment.configure({ random: false, failSpecWithNoExpectations: false });

const { setTestEnvs } = require(dist("jasmine_util")) as { setTestEnvs(environments: readonly object[]): void };
setTestEnvs([{ name: "tessera", backendName: "tensorflow", flags: {}, isDataSync: true }]);
require(dist("public/chained_ops/register_all_chained_ops"));
require(dist("register_all_gradients"));

let graphs = 0;
if (mode === "compiled") {
  const index = require(dist("index")) as Namespace;
  const operations = require(dist("ops/ops")) as Namespace;
  require.cache[dist("index")]!.exports = compiledIndex(index, operations, () => graphs++);
}

// The package's own list of its test files.
const files = [...readFileSync(dist("tests"), "utf8").matchAll(/^import '\.\/(.+)';$/gm)].map(([, file]) => file!);
const inGraph = (file: string): boolean => file.startsWith("ops/") || file === "gradients_test";
for (const file of files) if (mode === "eager" || inGraph(file)) require(dist(file));

const note = ({ fullName: name, status, failedExpectations }: Done): void => {
  const failure = failedExpectations.map(({ message }) => message).join("\n");
  const outcome: Outcome = { name, status: failure === "" ? status : "failed", failure, graphs };
  appendFileSync(report, `${JSON.stringify(outcome)}\n`);
  graphs = 0;
};
environment.addReporter({
  specDone: note,
  suiteDone: (suite) => suite.failedExpectations.length > 0 && note(suite), // a beforeAll or afterAll threw
});
await environment.execute();
