/**
 * Scores masks that a model of our own predicted, as Tessera scores its own runs.
 *
 *   TESSERA_URL=http://127.0.0.1:4000 TESSERA_TOKEN=tes_... node --import tsx examples/score_predictions.ts \
 *     FOLDER LABEL_VERSION_ID SPLIT_ID [SIZE]
 *
 * FOLDER holds one PNG per item of the test fold, named as the item: white foreground on black, of any size.
 */
import { readdir, readFile } from "node:fs/promises";
import { join, parse } from "node:path";
import { TesseraClient } from "@tessera/client/client";

const { TESSERA_URL: url, TESSERA_TOKEN: token } = process.env;
const [folder, labelVersionId, splitId, size = "128"] = process.argv.slice(2);
if (!url || !token) throw new Error("Set TESSERA_URL and TESSERA_TOKEN (an API token from the team's page)");
if (!folder || !labelVersionId || !splitId) throw new Error("Expected FOLDER LABEL_VERSION_ID SPLIT_ID [SIZE]");
const tessera = new TesseraClient({ url, token });

const masks = new Map<string, Uint8Array<ArrayBuffer>>();
for (const file of (await readdir(folder)).filter((name) => name.endsWith(".png"))) {
  masks.set(parse(file).name, new Uint8Array(await readFile(join(folder, file))));
}
const run = await tessera.startRun({ project: "Examples", name: "masks of our own, TypeScript", arm: "ours", seed: 1 });
await run.scorePredictions({ labelVersionId, splitId, size: Number(size), masks });
await run.finish();

const { run: scored } = await tessera.query<{
  run: { evaluation: { items: number; meanDice: number; convention: string } };
}>("query ($id: UUID!) { run(id: $id) { evaluation { items meanDice convention } } }", { id: run.id });
const { items, meanDice, convention } = scored.evaluation;
console.log(`run ${run.id}: mean Dice ${meanDice.toFixed(4)} over ${items} items (${convention})`);
