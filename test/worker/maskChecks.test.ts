/** Drawn masks on their way to annotations, through a real supervisor and its decoder child. */

import { annotationsByIds } from "@tessera/store/annotations";
import { putBlob } from "@tessera/store/blobs";
import { labelVersionsByIds } from "@tessera/store/labelVersions";
import { claimMaskCheck, createMaskCheck, maskChecksByIds } from "@tessera/store/maskChecks";
import { opinionsOf } from "@tessera/store/opinions";
import { createReviewTasks, reviewTasksByIds } from "@tessera/store/reviewTasks";
import { takeReviewTasks } from "@tessera/store/reviewTurns";
import { checkMask } from "@tessera/worker/maskChecks/checkMask";
import { type Supervisor, startSupervisor } from "@tessera/worker/supervisor";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { height, type MaskStudy, maskStudy, width } from "./support/maskStudy.ts";

let study: MaskStudy;
let team: string;
let userId: string;
let schemaId: string;
let supervisor: Supervisor;
const waiting = new Map<string, () => void>();

beforeAll(async () => {
  study = await maskStudy(3);
  ({ teamId: team, userId } = study.database);
  const [version] = await study.asTeam((sql) => labelVersionsByIds(sql, team, [study.labelVersionId]));
  ({ schemaId } = version!);
  supervisor = await startSupervisor(
    study.workerOptions((event) => event.type === "maskChecked" && waiting.get(event.checkId)?.()),
  );
});
afterAll(async () => {
  await supervisor?.stop();
  await study.close();
});

const drawn = Uint8Array.from({ length: width * height }, (_, i) => ((i % width) + Math.floor(i / width) < 12 || i % 97 === 0 ? 255 : 0)); // biome-ignore format: one line
const png = (pixels: Uint8Array, w = width, h = height) =>
  sharp(pixels, { raw: { width: w, height: h, channels: 1 } })
    .toColourspace("b-w")
    .png()
    .toBuffer();

async function send(bytes: Buffer, itemId: string, taskId: string | null = null): Promise<string> {
  const blob = await study.objects.put(team, bytes);
  const { id } = await study.asTeam(async (sql) => {
    await putBlob(sql, team, { ...blob, mediaType: "image/png" });
    return createMaskCheck(sql, team, { userId, schemaId, itemId, taskId, sha256: blob.sha256 });
  });
  for (;;) {
    const [check] = await study.asTeam((sql) => maskChecksByIds(sql, team, [id]));
    if (check!.state === "succeeded" || check!.state === "failed") return id;
    await new Promise<void>((resolve) => {
      waiting.set(id, resolve);
      setTimeout(resolve, 50);
    });
  }
}
const check = async (id: string) => (await study.asTeam((sql) => maskChecksByIds(sql, team, [id])))[0]!;
const task = async (id: string) => (await study.asTeam((sql) => reviewTasksByIds(sql, team, [id])))[0]!;

describe("a drawn mask", () => {
  it("is stored pixel by pixel, counted, and the same file as an import of the same pixels", async () => {
    const item = study.items[0]!;
    const { annotationId, state, error } = await check(await send(await png(drawn), item.id));
    expect([state, error]).toEqual(["succeeded", null]);
    const [annotation] = await study.asTeam((sql) => annotationsByIds(sql, team, [annotationId!]));
    const stored = await study.objects.read(team, annotation!.maskSha256!);
    const { data, info } = await sharp(stored).toColourspace("b-w").raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([width, height, 1]);
    expect([...data]).toEqual([...drawn]);
    expect(annotation!.regionPixels).toEqual([drawn.filter((value) => value === 255).length]);
    expect(annotation).toMatchObject({ reader: "Ada", userId, corrects: null, adjudicates: false });
    const imported = await study.imaging.encodeMask(drawn.map((value) => (value ? 1 : 0)), width, height); // biome-ignore format: one line
    expect((await study.objects.put(team, Buffer.from(imported))).sha256).toBe(annotation!.maskSha256);
    const again = await check(await send(await png(drawn.map((value) => 255 - value)), item.id));
    const [second] = await study.asTeam((sql) => annotationsByIds(sql, team, [again.annotationId!]));
    expect(second!.corrects).toBe(annotation!.id);
    const opinions = await study.asTeam((sql) => opinionsOf(sql, team, { schemaId, readers: ["Ada"] }));
    expect(opinions.map((each) => each.annotationId)).toEqual([second!.id]);
  });

  it("of another size, of values that are no class, in colours, or that is no picture is refused with the reason, and its task is open again", async () => {
    const item = study.items[1]!;
    const read = { schemaId, purpose: "firstRead" } as const;
    const [taskId] = await study.asTeam((sql) =>
      createReviewTasks(sql, team, { ...read, items: [{ itemId: item.id, priority: 1, note: "" }], assignTo: [], createdBy: userId }),
    ); // biome-ignore format: as it is
    await study.asTeam((sql) => takeReviewTasks(sql, team, { ...read, userId, count: 1 }));
    const colours = await sharp(drawn, { raw: { width, height, channels: 1 } })
      .toColourspace("srgb")
      .png()
      .toBuffer();
    const wrong: [Buffer, RegExp][] = [
      [await png(drawn.slice(0, (width - 1) * height), width - 1), /47 x 32 pixels.*48 x 32/],
      [await png(drawn.map((value) => value && 127)), /value 127, which is no class/],
      [colours, /one value per pixel/],
      [Buffer.from("not a picture"), /PNG/],
    ];
    for (const [bytes, message] of wrong) {
      const { state, error, annotationId } = await check(await send(bytes, item.id, taskId!));
      expect([state, annotationId]).toEqual(["failed", null]);
      expect(error).toMatch(message);
      expect(await task(taskId!)).toMatchObject({ state: "open", holder: userId, reason: error });
    }
    const { annotationId } = await check(await send(await png(drawn), item.id, taskId!));
    expect(await task(taskId!)).toMatchObject({ state: "done", reason: null, annotationId });
  });
});

it("a check whose worker was lost is another's, and the lost one's answer is too late", async () => {
  await supervisor.stop();
  const blob = await study.objects.put(team, await png(drawn));
  const { id } = await study.asTeam((sql) =>
    createMaskCheck(sql, team, { userId, schemaId, itemId: study.items[2]!.id, taskId: null, sha256: blob.sha256 }),
  );
  const lost = (await study.asTeam((sql) => claimMaskCheck(sql, team, -1)))!;
  expect([lost.id, lost.attempt]).toEqual([id, 1]);
  const tools = { database: study.database.db, objects: study.objects, imaging: study.imaging, teamId: team };
  const next = (await study.asTeam((sql) => claimMaskCheck(sql, team, 60)))!;
  expect([next.id, next.attempt]).toEqual([id, 2]);
  await checkMask(tools, lost);
  expect((await check(id)).state).toBe("running");
  await checkMask(tools, next);
  expect((await check(id)).state).toBe("succeeded");
  expect(await study.asTeam((sql) => claimMaskCheck(sql, team, 60))).toBeNull();
});
