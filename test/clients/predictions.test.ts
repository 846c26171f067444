/** @file Predicted masks sent by both clients' examples, as a user starts them; the test answers in the worker's place. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { TesseraClient } from "@tessera/client/client";
import { itemsByIds } from "@tessera/store/items";
import { claimScoring, failScoring, finishScoring } from "@tessera/store/scoringQueue";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Planted, plant, sha, startWorld, type World } from "../api/world.ts";
import { countsOf } from "../support/measures.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);
const names = [6, 7, 8, 9, 10, 11].map((i) => `item ${String(i).padStart(2, "0")}`); // the test fold of world.ts
let world: World;
let planted: Planted;
let folder: string;
let over = false;
let answering: Promise<void>;
/** What the worker was given, by item name. */
const given: Record<string, string>[] = [];

beforeAll(async () => {
  world = await startWorld();
  planted = await plant(world, world.database.teamId);
  folder = mkdtempSync(join(tmpdir(), "tessera-masks-"));
  for (const name of names) writeFileSync(join(folder, `${name}.png`), `mask of ${name}`);
  answering = answer();
});
afterAll(async () => {
  over = true;
  await answering;
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Every mask scores 4 pixels of 4, unless it says that it is no picture. */
async function answer(): Promise<void> {
  const { db, teamId } = world.database;
  while (!over) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const claimed = await claimScoring(db, { teamId, workerId: planted.workerId, leaseSeconds: 60 });
    if (claimed === null) continue;
    const { id, attempt, predictions } = claimed;
    const items = await db.asTeam(teamId, (sql) =>
      itemsByIds(
        sql,
        teamId,
        predictions.map(({ itemId }) => itemId),
      ),
    );
    given.push(Object.fromEntries(predictions.map(({ sha256 }, i) => [items[i]!.name, sha256])));
    const counts = predictions.map(({ itemId, sha256 }) => ({ ...countsOf(itemId), predictionSha256: sha256 }));
    if (predictions.some(({ sha256 }) => sha256 === sha("no picture"))) {
      await failScoring(db, { teamId, id, attempt, error: "1 of 6 items could not be scored. item 06: no picture" });
    } else await finishScoring(db, { teamId, id, attempt, threshold: 0.5, items: counts });
  }
}

const environment = () => ({
  ...process.env,
  TESSERA_URL: world.url,
  TESSERA_TOKEN: world.tokens.researcher,
  PYTHONPATH: "clients/python/src",
  PYTHONDONTWRITEBYTECODE: "1",
});

const commands = {
  python: ["python3", "examples/score_predictions.py"],
  typescript: [process.execPath, "--import", "tsx", "examples/score_predictions.ts"],
} as const;

describe.each(Object.entries(commands))("the %s example", (_language, [command, ...args]) => {
  it("sends a folder of masks by name and prints their score", async () => {
    const { labelVersionId, splitId } = planted;
    const { stdout } = await run(command, [...args, folder, labelVersionId, splitId, "32"], {
      cwd: root,
      env: environment(),
    });
    expect(stdout).toMatch(/^run [0-9a-f-]{36}: mean Dice 1\.0000 over 6 items \(per item, foreground class/);
    expect(given.at(-1)).toEqual(Object.fromEntries(names.map((name) => [name, sha(`mask of ${name}`)])));
  });
});

describe("refusals", () => {
  const masks = (first: string) => names.map((name, i) => [name, i === 0 ? first : `mask of ${name}`] as const);
  const unlike = [...masks("mask"), ["item 99", "mask"] as const];

  it("of the TypeScript client say which masks", async () => {
    const client = new TesseraClient({ url: world.url, token: world.tokens.researcher });
    const foreign = await client.startRun({ project: "P", name: "refused" });
    const { labelVersionId, splitId } = planted;
    const send = (list: readonly (readonly [string, string])[]) =>
      foreign.scorePredictions({
        labelVersionId,
        splitId,
        size: 32,
        masks: new Map(list.map(([name, text]) => [name, new TextEncoder().encode(text)])),
      });
    await expect(send(masks("no picture"))).rejects.toMatchObject({
      code: "BAD_FILE",
      message: expect.stringContaining("item 06: no picture"),
    });
    await expect(send(unlike)).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: expect.stringContaining("TEST fold of this split: item 99"),
    });
    await expect(send(masks("mask").slice(1))).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: expect.stringContaining("missing: item 06"),
    });
  });

  it("of the Python client too", async () => {
    const script = `
import json, os, sys
from tessera_client import Client, TesseraError
t = Client(os.environ["TESSERA_URL"], os.environ["TESSERA_TOKEN"])
run = t.start_run("P", "refused")
for masks in json.loads(sys.argv[1]):
    try:
        given = {name: text.encode() for name, text in masks}
        run.score_predictions(given, label_version_id=sys.argv[2], split_id=sys.argv[3], size=32)
    except TesseraError as error:
        print(error)
`;
    const sent = JSON.stringify([masks("no picture"), unlike, masks("mask").slice(1)]);
    const { labelVersionId, splitId } = planted;
    const { stdout } = await run("python3", ["-c", script, sent, labelVersionId, splitId], {
      cwd: root,
      env: environment(),
    });
    const [failed, unknown, missing] = stdout.trim().split("\n");
    expect(failed).toBe("BAD_FILE: 1 of 6 items could not be scored. item 06: no picture");
    expect(unknown).toBe("BAD_INPUT: Not in the TEST fold of this split: item 99");
    expect(missing).toMatch(/^BAD_INPUT: predictions: .+ missing: item 06$/);
  });
});
