/** @file `tessera doctor`: what this machine has, what Tessera would use and why, and what stands in the way. */
import { parseArgs } from "node:util";
import { examine } from "./report.ts";
import { reportLines } from "./text.ts";

const usage = `tessera doctor [--json]

  Tells CPU, memory, GPUs, versions and TensorFlow's libraries, starts each library once, and says what a worker would use.
  Ends with 1 where no worker could train with these settings.
  For another program: npm run -s tessera -- doctor --json   (without -s, npm prints its own lines first)
`;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { json: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
  });
  if (values.help) return console.log(usage);
  const report = await examine();
  if (values.json) console.log(JSON.stringify(report, null, 2));
  else for (const line of reportLines(report, process.stdout.columns)) console.log(line);
  process.exitCode = report.canTrain ? 0 : 1;
}
