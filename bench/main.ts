/** @file `npm run bench -- NAME`: runs one named comparison or study; its last line is one JSON line of figures. */
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export interface Bench {
  /** One line for the list. */
  readonly about: string;
  run(args: string[]): Promise<unknown>;
}

const here = dirname(fileURLToPath(import.meta.url));
const names = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(join(here, entry.name)).includes("bench.ts"))
  .map((entry) => entry.name);

const load = async (name: string) =>
  ((await import(pathToFileURL(join(here, name, "bench.ts")).href)) as { bench: Bench }).bench;

const [name, ...args] = process.argv.slice(2);
if (name === undefined || !names.includes(name)) {
  console.log("npm run bench -- NAME\n");
  for (const each of names) console.log(`  ${each.padEnd(14)} ${(await load(each)).about}`);
  process.exit(name === undefined ? 0 : 2);
}
const figures = await (await load(name)).run(args);
process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit(0));
