/**
 * @file Cat v. x-ray in a real browser: asked with an item and an upload, answered by what the computation really says, read and saved.
 * With PICTURES=FOLDER in the environment each screen is saved there, to be looked at.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { classificationDefaults } from "@tessera/domain/configuration/classification";
import type { FilterResponsesRequest } from "@tessera/domain/inspections/filterResponses";
import { randomStream } from "@tessera/domain/random";
import { initEngine } from "@tessera/engine/backend";
import { type Imaging, openImaging } from "@tessera/imaging/client";
import { openObjects } from "@tessera/objects/localObjects";
import { claimInspection, failInspection, finishInspection, renewInspection } from "@tessera/store/inspectionQueue";
import { filterResponses } from "@tessera/training/inspections/filterResponses";
import type { Given } from "@tessera/training/inspections/given";
import { inspectedRun } from "@tessera/training/inspections/inspectedRun";
import { itemInMemory } from "@tessera/training/items";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Planted, plant, startWorld, type World } from "../api/world.ts";
import { Session } from "../training/support/session.ts";
import { look } from "./support/look.ts";
import { saved } from "./support/screens.ts";
import { goTo, lacking, type Visitor, visit } from "./support/visitor.ts";

const data = fileURLToPath(new URL("../../../shared/data", import.meta.url));
const present = existsSync(`${data}/natural-images`) && existsSync(`${data}/cxr-samples`);
if (!present) console.warn("The cat and the chest x-rays are not at ../shared/data: invented images are shown instead");

const patience = 240_000;

describe.skipIf(lacking("filters.test.ts"))("cat v. x-ray in the browser", () => {
  let world: World;
  let visitor: Visitor;
  let page: Page;
  let planted: Planted;
  let imaging: Imaging;
  let cat: { file: string; bytes: Buffer };

  beforeAll(async () => {
    world = await startWorld();
    imaging = openImaging({ processes: 1 });
    [planted, visitor] = await Promise.all([plant(world, world.database.teamId), visit(world, 60_000)]);
    const file = join(world.objectsDirectory, present ? "cat.bmp" : "cat.png");
    const bytes = present ? readFileSync(`${data}/natural-images/cat.bmp`) : await invented("cat");
    writeFileSync(file, bytes);
    cat = { file, bytes };
    page = await visitor.open("/experiments");
  }, patience);
  afterAll(async () => {
    await visitor?.close();
    await imaging?.close();
    await world?.close();
  }, patience);

  const invented = (name: string) => {
    const stream = randomStream("picture", name);
    return imaging.encodeImage(
      Uint8Array.from({ length: 32 * 32 * 3 }, () => stream.integer(256)),
      32,
      32,
      "png",
    );
  };
  const claim = async () => {
    const { db, teamId } = world.database;
    const claimed = (await claimInspection(db, { teamId, workerId: planted.workerId, leaseSeconds: 600 }))!;
    return { db, of: { teamId, id: claimed.id, attempt: claimed.attempt }, claimed };
  };

  it(
    "shows two images to a run's filters: an item of a dataset, and a file from this computer",
    async () => {
      await goTo(page, `${visitor.url}/runs/${planted.runIds[0]}`);
      await page.getByRole("tab", { name: "Filters" }).click();
      await page.getByText("No images were shown to this run's filters yet").waitFor();
      await page.getByRole("button", { name: "Show both to the filters", disabled: true }).waitFor();
      await look(page, "filters-empty");
      await page.locator("input[type=file]").first().setInputFiles(cat.file);
      await page.getByText(/^cat\.\w+ is uploaded/).waitFor();
      await page.getByRole("button", { name: "Show both to the filters" }).click();
      await page.getByText("waits for a worker").waitFor();

      const { db, of, claimed } = await claim();
      const request = claimed.request as unknown as FilterResponsesRequest;
      expect(request.images.map(({ name }) => name)).toEqual([expect.stringContaining("cat."), "item 00"]);
      await renewInspection(db, { ...of, leaseSeconds: 600, done: 2, total: 5 });
      await page.getByText("2 of 5 parts").waitFor();
      const { result, blobs } = await answer(request);
      await finishInspection(db, { ...of, result, blobs });

      await page.getByRole("heading", { name: "The same filters on both images" }).waitFor();
      await page.getByText(/^The answers changed most in /).waitFor();
      const first = result.depths[0]!.shown[0]!;
      const picture = page.getByRole("img", {
        name: new RegExp(`^Filter ${first.filter}, cat\\.\\w+, after training: mean `),
      });
      await picture.first().waitFor();
      await page.getByRole("button", { name: /^Show the \d+ most changed of stem/ }).press("Enter");
      await page.getByRole("button", { name: "Show the 6 most changed of stem" }).waitFor();
      await page.getByRole("img", { name: /^Dead filters by layer, before and after training: stem\/conv/ }).waitFor();
      await page.getByRole("img", { name: /^Median distance that filters travelled/ }).waitFor();
      await page.getByRole("img", { name: /^Kernel 0 before training: share at high frequencies 0\.\d\d/ }).waitFor();
      await look(page, "filters");
      const csv = await saved(page, () => page.getByRole("button", { name: "Save the responses as CSV" }).click());
      const shown = result.depths.reduce((sum, depth) => sum + depth.shown.length, 0);
      expect(csv.split("\r\n")).toHaveLength(1 + 4 * shown + 1);
    },
    patience,
  );

  it(
    "says why an inspection failed, and lets it be tried again",
    async () => {
      await page.getByRole("group", { name: "A medical image" }).getByRole("combobox", { name: "Item" }).click();
      await page.getByRole("option", { name: "item 05" }).click();
      await page.getByRole("button", { name: "Show both to the filters" }).click();
      await page.getByText("waits for a worker").waitFor();
      const { db, of } = await claim();
      await failInspection(db, { ...of, error: '"item 05": Expected a JPEG or PNG image, got text' });
      await page.getByText("The inspection failed").waitFor();
      await page.getByText("got text").waitFor();
      await look(page, "filters-failed");
      await page.getByRole("button", { name: "Try again" }).click();
      await page.getByText("waits for a worker").waitFor();
    },
    patience,
  );

  /** What the computation says of a small MobileNet that was trained for two steps; the second image is a chest x-ray. */
  async function answer(request: FilterResponsesRequest) {
    await initEngine({ threads: 2 });
    const size = 96;
    const xray = present ? readFileSync(`${data}/cxr-samples/images/00027426_000.png`) : await invented("x-ray");
    const pictures = new Map<string, Buffer>([
      [request.images[0].sha256, cat.bytes],
      [request.images[1].sha256, xray],
    ]);
    const stream = randomStream("items");
    const item = (index: number) => ({
      ...itemInMemory(`00000000-0000-4000-8000-${String(index).padStart(12, "0")}`, {
        image: Uint8Array.from({ length: size * size * 3 }, (_, i) => (index % 2 ? i % 256 : stream.integer(256))),
        mask: new Uint8Array(),
      }),
      classValues: index % 2 ? ([0, 1] as const) : ([1, 0] as const),
    });
    const fold = (from: number, count: number) => Array.from({ length: count }, (_, i) => item(from + i));
    const items = { train: fold(0, 8), validation: fold(8, 4), test: fold(12, 2) };
    const net = `${data}/imagenet-mobilenet/float32/mobilenet_v1_0.25_128`;
    const importedWeights = present
      ? { weights: readFileSync(`${net}.safetensors`), graph: readFileSync(`${net}.graph.json`) }
      : undefined;
    const from = { kind: "imported", weightsId: planted.runIds[0]!, part: "encoder" } as const;
    const configuration = {
      ...classificationDefaults,
      model: { family: "mobilenetV1", size, alpha: 0.25 } as const,
      startingWeights: present ? from : ({ kind: "random" } as const),
      batchSize: 4,
      epochs: 2,
      threads: 2,
    };
    const labels = { classes: 2, exclusive: true };
    const session = new Session();
    await session.run({ configuration, items, importedWeights, ...labels }, 100);
    const best = session.of("checkpoint").findLast(({ kind }) => kind === "best")!;
    const run = inspectedRun({
      ...{ runId: request.runId, configuration, seed: 1, items, itemsAt: async () => items, ...labels },
      checkpoint: async () => session.blobs.get(best.sha256)!,
      startingWeights: async () => null,
      importedWeights: async () => importedWeights,
      masks: null,
    });
    const objects = openObjects({ directory: world.objectsDirectory });
    const blobs: { sha256: string; size: number; mediaType: string }[] = [];
    const given = {
      run: () => run,
      picture: (sha256: string, side: number) => imaging.picture(pictures.get(sha256)!, side),
      async storePicture(pixels: Uint8Array, width: number, height: number) {
        const png = await imaging.encodeImage(pixels, width, height, "png");
        const stored = await objects.put(world.database.teamId, png);
        blobs.push({ sha256: stored.sha256, size: stored.size, mediaType: "image/png" });
        return stored.sha256;
      },
      progress: () => undefined,
    } as unknown as Given;
    return { result: await filterResponses(request, given), blobs };
  }
});
