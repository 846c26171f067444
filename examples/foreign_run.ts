/**
 * Logs a training loop of our own to Tessera, then reads results back.
 *
 *   TESSERA_URL=http://127.0.0.1:4000 TESSERA_TOKEN=tes_... node --import tsx examples/foreign_run.ts [EXPERIMENT_ID]
 */
import { TesseraClient } from "@tessera/client/client";

const { TESSERA_URL: url, TESSERA_TOKEN: token } = process.env;
if (!url || !token) throw new Error("Set TESSERA_URL and TESSERA_TOKEN (an API token from the team's page)");
const tessera = new TesseraClient({ url, token });

// A small loop of our own: a line fitted by gradient descent to points around it.
const points = Array.from({ length: 50 }, (_, i) => ({ x: i / 50, y: (2 * i) / 50 + 1 + 0.1 * Math.sin(7 * i) }));
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const learningRate = 0.5;
let slope = 0;
let intercept = 0;

const run = await tessera.startRun({
  project: "Examples",
  name: "line fit, TypeScript",
  arm: "gradient descent",
  seed: 1,
  configuration: { learningRate, steps: 200 },
});
for (let step = 1; step <= 200; step++) {
  const errors = points.map(({ x, y }) => slope * x + intercept - y);
  const loss = mean(errors.map((error) => error ** 2));
  slope -= learningRate * 2 * mean(errors.map((error, i) => error * (points[i]?.x ?? 0)));
  intercept -= learningRate * 2 * mean(errors);
  run.log(step, { "train/loss": loss, "train/rmse": Math.sqrt(loss) });
}
await run.finish();

interface Logged {
  run: { state: string; series: { name: string; lastStep: number; lastValue: number }[] };
}
const document = "query ($id: UUID!) { run(id: $id) { state series { name lastStep lastValue } } }";
const logged = await tessera.query<Logged>(document, { id: run.id });
console.log("run", run.id, logged.run.state);
for (const { name, lastStep, lastValue } of logged.run.series) {
  console.log(`  ${name}: ${lastValue.toFixed(4)} at step ${lastStep}`);
}

// Results of an experiment: one row per run and item.
const [experimentId] = process.argv.slice(2);
if (experimentId) {
  const rows = await tessera.results(experimentId);
  for (const [arm, ofArm] of Map.groupBy(rows, (row) => row.arm)) {
    const scores = ofArm.map((row) => row.dice).filter((dice) => dice !== null);
    console.log(`${arm}: mean Dice ${mean(scores).toFixed(4)} over ${scores.length} scores`);
  }
}
