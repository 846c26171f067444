/** Annotating in a real browser, in front of a real api and a real worker: by keys, by drawing, blind, and deciding between readers. */

import { openImaging } from "@tessera/imaging/client";
import { openObjects } from "@tessera/objects/localObjects";
import { insertAnnotations } from "@tessera/store/annotations";
import { labelVersionsByIds } from "@tessera/store/labelVersions";
import { hashPassword } from "@tessera/store/secrets";
import { registerWorker } from "@tessera/store/workers";
import { type Supervisor, startSupervisor } from "@tessera/worker/supervisor";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "../api/world.ts";
import { picture } from "./support/look.ts";
import { openPictures, type Pictures, shifted, side } from "./support/pictures.ts";
import { type PlantedItem, plantData } from "./support/plantData.ts";
import { holdsInEveryLook } from "./support/screens.ts";
import { signIn } from "./support/signIn.ts";
import { goTo, lacking, type Visitor, visit } from "./support/visitor.ts";

describe.skipIf(lacking("annotate.test.ts"))("annotating", () => {
  let world: World;
  let visitor: Visitor;
  let pictures: Pictures;
  let supervisor: Supervisor;
  let ada: Page;
  let bea: Page;
  let datasetId: string;
  let masks: string;
  let classes: string;
  let items: readonly PlantedItem[];
  const seenByBea: string[] = [];

  beforeAll(async () => {
    world = await startWorld();
    const { db, teamId, owner } = world.database;
    const objects = openObjects({ directory: world.objectsDirectory });
    pictures = openPictures(db, objects, teamId);
    const planted = await Promise.all(Array.from({ length: 8 }, (_, index) => pictures.plant(index)));
    const worker = await db.asTeam(teamId, (sql) =>
      registerWorker(sql, teamId, { name: "bench-1", device: "CPU", version: "test" }),
    );
    const data = await plantData(db, teamId, worker.id, planted);
    ({ datasetId } = data);
    items = data.validation;
    const moved = await pictures.storeMask(shifted(items[1]!.picture.mask, 6, -4));
    await db.asTeam(teamId, async (sql) => {
      const [version] = await labelVersionsByIds(sql, teamId, [data.labelVersionId]);
      masks = version!.schemaId;
      const plain = { classValues: null, regionPixels: [400], components: [1], boxes: null };
      const [of] = [{ itemId: items[1]!.id, schemaId: masks, reader: "second reader", maskSha256: moved }];
      await insertAnnotations(sql, teamId, [{ ...plain, ...of }]);
    });
    await owner`
      with u as (insert into users (email, name, password_hash)
        values ('bea@example.org', 'Bea', ${await hashPassword("another long sentence")}) returning id)
      insert into members (team_id, user_id, role) select ${teamId}, id, 'annotator' from u`;
    supervisor = await startSupervisor({
      database: db,
      teamId,
      objects,
      objectsDirectory: world.objectsDirectory,
      spoolDirectory: `${world.objectsDirectory}/spool`,
      name: "annotate",
      device: "cpu",
      version: "test",
      maxThreads: null,
      checkpointEverySteps: null,
      observe: () => undefined,
    });
    visitor = await visit(world);
    ada = await visitor.open(`/datasets/${datasetId}?tab=review`);
  });

  afterAll(async () => {
    await visitor?.close();
    await supervisor?.stop();
    await pictures?.close();
    await world?.close();
  });

  const make = async (input: Record<string, unknown>) => {
    const query = `mutation ($input: CreateReviewTasksInput!) { createReviewTasks(input: $input) }`;
    const { data, errors } = await world.graphql<{ createReviewTasks: number }>(world.tokens.researcher, query, { input }); // biome-ignore format: one line
    expect(errors).toBeUndefined();
    return data!.createReviewTasks;
  };
  const annotate = async (page: Page, schemaId: string, purpose: string) => {
    await goTo(page, `${visitor.url}/annotate/${datasetId}?schema=${schemaId}&purpose=${purpose}`);
  };
  interface Row {
    readonly name: string;
    readonly reader: string;
    readonly values: number[];
    readonly corrects: string | null;
    readonly by: string;
  }
  const said = () =>
    world.database.owner<Row[]>`
      select i.name, a.reader, to_jsonb(a.class_values) as values, a.corrects, u.name as by
      from annotations a join items i on i.id = a.item_id join users u on u.id = a.user_id
      where a.schema_id = ${classes} order by a.created_at, a.id`;
  /** Until so many are stored: the page saves while the next item, or the end, is looked at already. */
  async function saidBy(reader: string, count: number): Promise<Row[]> {
    for (;;) {
      const rows = (await said()).filter((row) => row.reader === reader);
      if (rows.length >= count) return rows;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  /** Until the worker has made the saved mask of this number an annotation: the page shows the end while it still saves. */
  async function storedMask(number: number): Promise<Uint8Array> {
    for (;;) {
      const [row] = await world.database.owner<{ state: string; error: string | null; mask: string | null }[]>`
        select c.state, c.error, a.mask_sha256 as mask from mask_checks c left join annotations a on a.id = c.annotation_id
        order by c.created_at limit 1 offset ${number - 1}`;
      expect(row?.error ?? null).toBeNull();
      if (row?.mask) {
        const objects = openObjects({ directory: world.objectsDirectory });
        const imaging = openImaging({ processes: 1 });
        const read = await imaging.maskIndices(await objects.read(world.database.teamId, row.mask), 1);
        await imaging.close();
        return read.indices;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  const differing = (a: Uint8Array, b: Uint8Array) => a.reduce((sum, value, at) => sum + (value === b[at] ? 0 : 1), 0);

  it("a set is labelled by keys alone: every opinion is in the database, and they come to a label version", async () => {
    await ada.getByRole("button", { name: "New tasks" }).click();
    const form = ada.getByRole("dialog");
    await form.getByLabel("Labels").selectOption("new");
    await form.getByLabel("Classes").fill("flat\nsessile\nstalked");
    await form.getByRole("button", { name: "Add tasks" }).click();
    await form.waitFor({ state: "hidden" });
    const [schema] = await world.database.owner<{ id: string }[]>`
      select id from label_schemas where task = 'classification'`;
    classes = schema!.id;
    await ada.getByRole("link", { name: "Label", exact: true }).click();
    await ada.getByRole("heading", { level: 1, name: /first read/ }).waitFor();
    const image = ada.getByRole("img", { name: /pixels$/ });
    await image.waitFor();
    await picture(ada, "classes");
    // while the first is looked at, the next ones are fetched
    await ada.waitForFunction(
      `performance.getEntriesByType("resource").filter(({ name }) => name.includes("/files/")).length >= 4`,
    );
    const current = () => image.getAttribute("aria-label");
    const names: string[] = [];
    const label = async (key: string) => {
      const before = (await current())!;
      names.push(before.split(",")[0]!);
      await ada.keyboard.press(key);
      await ada.keyboard.press("Enter");
      await ada.waitForFunction(
        `document.querySelector('canvas')?.getAttribute('aria-label') !== ${JSON.stringify(before)}`,
      );
    };
    for (const key of ["1", "2", "3"]) await label(key);
    // the third was wrong: back to it, and another class
    await ada.keyboard.press("u");
    await ada.getByRole("img", { name: new RegExp(`^${names[2]}`) }).waitFor();
    await ada.getByRole("button", { name: /stalked/, pressed: true }).waitFor();
    names.pop();
    await label("1");
    // the fourth cannot be read
    const skipped = (await current())!.split(",")[0]!;
    await ada.keyboard.press("s");
    await ada.getByRole("dialog").getByLabel("Reason").fill("blurred");
    await ada.keyboard.press("Enter");
    await ada.getByRole("dialog").waitFor({ state: "hidden" });
    await ada.getByRole("img", { name: new RegExp(`^(?!${skipped},).*pixels$`) }).waitFor();
    for (const key of ["2", "3", "1", "2"]) await label(key);
    await ada.getByText("Nothing waits for you here").waitFor();

    const rows = await saidBy("Ada", 8);
    const one = (at: number) => [0, 1, 2].map((index) => (index === at ? 1 : 0));
    expect(rows.map(({ values }) => values)).toEqual([0, 1, 2, 0, 1, 2, 0, 1].map(one));
    expect(rows.every(({ reader, by }) => reader === "Ada" && by === "Ada")).toBe(true);
    expect(rows.map(({ corrects }) => corrects !== null)).toEqual([
      false,
      false,
      false,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect([...new Set(rows.map(({ name }) => name))].sort()).toEqual([...names].sort());
    expect(names).not.toContain(skipped);

    await ada.getByRole("link", { name: "To the review queue" }).click();
    await ada.getByText("7 of 8 done, 0 open, 1 skipped").waitFor();
    await ada.getByRole("button", { name: "Make a version: majority of readers" }).click();
    await ada.getByRole("link", { name: /Version \d is made/ }).waitFor();
    const labels = await world.database.owner<{ name: string; values: number[] }[]>`
      select i.name, to_jsonb(a.class_values) as values from labels l join annotations a on a.id = l.annotation_id join items i on i.id = l.item_id
      where a.schema_id = ${classes}`;
    const newest = new Map(rows.map(({ name, values }) => [name, values]));
    expect(new Map(labels.map(({ name, values }) => [name, values]))).toEqual(newest);
    await picture(ada, "queue");
  });

  it("a mask is drawn by keys and by pointer, survives a reload, and is stored pixel by pixel", async () => {
    await make({ schemaId: masks, purpose: "FIRST_READ", which: "GIVEN", items: [{ itemId: items[0]!.id }] });
    await annotate(ada, masks, "FIRST_READ");
    const canvas = ada.getByRole("img", { name: /your mask/ });
    await canvas.waitFor();
    await ada.getByLabel("Radius, pixels").fill("3");
    await ada.getByLabel("Radius, pixels").blur();
    // the crosshair begins in the middle, at (80.5, 80.5); ten pixels to the right, twice
    await ada.keyboard.press("ArrowRight");
    await ada.keyboard.press("Space");
    await ada.keyboard.press("Shift+ArrowRight");
    await ada.keyboard.press("Shift+ArrowDown");
    await ada.keyboard.press("Space");
    const frame = (await canvas.boundingBox())!;
    const scale = Math.min(frame.width, frame.height) / side;
    const onScreen = (x: number, y: number): [number, number] => [
      frame.x + (frame.width - side * scale) / 2 + x * scale,
      frame.y + (frame.height - side * scale) / 2 + y * scale,
    ];
    await ada.keyboard.press("p");
    for (const [x, y] of [[20, 20], [60, 20], [60, 50], [20, 50]] as const) await ada.mouse.click(...onScreen(x, y)); // biome-ignore format: one line
    await ada.keyboard.press("Enter");
    await ada.keyboard.press("u");
    await ada.keyboard.press("r");
    await picture(ada, "mask");
    const kept = `new Promise((resolve) => {
      const request = indexedDB.open("tessera-drawings", 1);
      request.onsuccess = () => {
        const all = request.result.transaction("drawings").objectStore("drawings").getAll();
        all.onsuccess = () => { request.result.close(); resolve(all.result.some(({ indices }) => indices[30 * ${side} + 30] === 1)); };
      };
    })`;
    while (!(await ada.evaluate(kept))) await ada.evaluate("new Promise(requestAnimationFrame)");
    await ada.reload();
    await ada.getByText("Your unsaved drawing was restored.").waitFor();
    await ada.keyboard.press("Enter");
    await ada.getByText("Nothing waits for you here").waitFor();

    const within = (x: number, y: number, from: readonly [number, number], to: readonly [number, number]) => {
      const [u, v] = [Math.min(Math.max(x, from[0]), to[0]), Math.min(Math.max(y, from[1]), to[1])]; // both ways are along an axis
      return (x - u) ** 2 + (y - v) ** 2 <= 9;
    };
    const expected = Uint8Array.from({ length: side * side }, (_, at) => {
      const [x, y] = [(at % side) + 0.5, Math.floor(at / side) + 0.5];
      const brushed = within(x, y, [81.5, 80.5], [91.5, 80.5]) || within(x, y, [91.5, 80.5], [91.5, 90.5]);
      return brushed || (x > 20 && x < 60 && y > 20 && y < 50) ? 1 : 0;
    });
    expect(differing(await storedMask(1), expected)).toBe(0);
    const left = `new Promise((resolve) => {
      const request = indexedDB.open("tessera-drawings", 1);
      request.onsuccess = () => {
        const all = request.result.transaction("drawings").objectStore("drawings").getAllKeys();
        all.onsuccess = () => { request.result.close(); resolve(all.result.length); };
      };
    })`;
    await expect.poll(() => ada.evaluate(left)).toBe(0);
  });

  it("a second reader sees no first opinion, in the page or in any answer", async () => {
    const [person] = await world.database.owner<{ id: string }[]>`select id from users where name = 'Bea'`;
    const tasks = { schemaId: classes, purpose: "BLIND_SECOND_READ", which: "READ_ONCE", assignTo: [person!.id] };
    expect(await make(tasks)).toBe(7);
    const context = await visitor.browser.newContext({
      reducedMotion: "reduce",
      viewport: { width: 1280, height: 900 },
    });
    context.setDefaultTimeout(60_000);
    bea = await context.newPage();
    bea.on("console", (line) => line.type() === "error" && visitor.told.push(`Bea: ${line.text()}`));
    bea.on("pageerror", (error) => visitor.told.push(`Bea: ${error.message}`));
    bea.on("response", async (response) => {
      if (response.url().endsWith("/graphql")) seenByBea.push(await response.text().catch(() => ""));
    });
    await signIn(bea, visitor.url, "/experiments", { email: "bea@example.org", password: "another long sentence" });
    await annotate(bea, classes, "BLIND_SECOND_READ");
    await bea.getByRole("img", { name: /pixels$/ }).waitFor();
    await bea.getByText("What the first reader said is shown two minutes after yours is saved.").waitFor();
    await bea.getByRole("switch", { name: "Save as soon as a class is chosen" }).check();
    await bea.getByRole("switch").blur();
    const image = bea.getByRole("img", { name: /pixels$/ });
    for (let left = 7; left > 0; left--) {
      const before = await image.getAttribute("aria-label");
      await bea.keyboard.press("1");
      if (left > 1) await bea.waitForFunction(`document.querySelector('canvas')?.getAttribute('aria-label') !== ${JSON.stringify(before)}`); // biome-ignore format: one line
    }
    await bea.getByText("Nothing waits for you here").waitFor();
    expect(await saidBy("Bea", 7)).toHaveLength(7);
    // Once hers is saved she may be told; of an item that she has not read, nothing.
    type Taken = { data?: { takeReviewTasks?: { opinions: { reader: string }[] }[] } };
    const taken = seenByBea.filter((text) => text.includes('"takeReviewTasks"'));
    const given = taken.flatMap((text) => (JSON.parse(text) as Taken).data?.takeReviewTasks ?? []);
    expect(given.filter(({ opinions }) => opinions.length === 0).length).toBeGreaterThan(0);
    const told = given.filter(({ opinions }) => opinions.length > 0);
    expect(told.filter(({ opinions }) => !opinions.some(({ reader }) => reader === "Bea"))).toEqual([]);
  });

  it("who decides sees the opinions side by side; the agreed version is one click away", async () => {
    // Ada has read them all herself, so they are given to her by name
    const { userId, owner } = world.database;
    const decisions = { purpose: "ADJUDICATION", assignTo: [userId] };
    expect(await make({ ...decisions, schemaId: classes, which: "DISAGREEMENTS" })).toBe(4);
    await annotate(ada, classes, "ADJUDICATION");
    const opinions = ada.getByRole("table", { name: "What readers said" });
    await opinions.waitFor();
    await expect.poll(() => opinions.getByRole("row").count()).toBe(2);
    const item = (await ada.getByRole("img", { name: /pixels$/ }).getAttribute("aria-label"))!.split(",")[0]!;
    await picture(ada, "adjudicateClasses");
    await ada.getByRole("button", { name: "Take it: what Bea said" }).click();
    await ada.getByRole("button", { name: "Save and next" }).click();
    await ada.getByRole("img", { name: new RegExp(`^(?!${item},).*pixels$`) }).waitFor();
    await saidBy("Adjudication", 1); // a version that is made before this would lack it
    await ada.getByRole("link", { name: "Leave" }).click();
    const queue = ada.getByRole("region", { name: /adjudication/ });
    await queue.getByRole("button", { name: /Make a version: decided, else version \d/ }).click();
    await queue.getByRole("link", { name: /Version \d is made/ }).waitFor();
    const decided = (await said()).at(-1)!;
    expect(decided).toMatchObject({ name: item, reader: "Adjudication", by: "Ada", values: [1, 0, 0] });
    const [label] = await owner<{ values: number[]; reader: string }[]>`
      select to_jsonb(a.class_values) as values, a.reader from labels l join annotations a on a.id = l.annotation_id
      join items i on i.id = l.item_id join label_versions v on v.id = l.label_version_id
      where i.name = ${item} and v.schema_id = ${classes} order by v.number desc limit 1`;
    expect(label).toEqual({ values: [1, 0, 0], reader: "Adjudication" });

    await make({
      ...decisions,
      schemaId: masks,
      which: "GIVEN",
      items: [{ itemId: items[1]!.id, note: "readers differ" }],
    });
    await annotate(ada, masks, "ADJUDICATION");
    await ada.getByRole("img", { name: /^Mask of planted truth/ }).waitFor();
    await ada.getByRole("img", { name: /^Mask of second reader/ }).waitFor();
    await ada.getByRole("button", { name: "Union" }).click();
    await ada.getByRole("button", { name: "Intersection" }).click();
    await ada.mouse.move(500, 400);
    await ada.mouse.wheel(0, -300);
    await picture(ada, "adjudicateMasks");
    await holdsInEveryLook(ada, [["Adjudication", "Take one, or combine"]]);
    await picture(ada, "narrowMasks");
    await ada.setViewportSize({ width: 1280, height: 900 });
    await ada.emulateMedia({ colorScheme: "light" });
    await ada.getByRole("button", { name: "Save and next" }).click();
    await ada.getByText("Nothing waits for you here").waitFor();
    const { mask } = items[1]!.picture;
    const other = shifted(mask, 6, -4);
    expect(differing(await storedMask(2), mask.map((value, at) => value & other[at]!))).toBe(0); // biome-ignore format: one line
  });

  it("hold in light and dark and at 390 px, and nothing was told on the console", async () => {
    await annotate(ada, classes, "ADJUDICATION");
    await ada.getByRole("table", { name: "What readers said" }).waitFor();
    await holdsInEveryLook(ada, [["Adjudication", "Take it"]]);
    await picture(ada, "narrowClasses");
    await ada.setViewportSize({ width: 1280, height: 900 });
    await ada.emulateMedia({ colorScheme: "light" });
    await goTo(ada, `${visitor.url}/datasets/${datasetId}?tab=review`);
    await holdsInEveryLook(ada, [["Review", "Who did what"]]);
    await picture(ada, "narrowQueue");
    expect(visitor.told).toEqual([]);
  });
});
