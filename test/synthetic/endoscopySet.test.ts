import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseBoxes, parseSubjects } from "@tessera/domain/import/kvasirFiles";
import { pairKvasir } from "@tessera/domain/import/kvasirLayout";
import { openImaging } from "@tessera/imaging/client";
import { endoscopyItem } from "@tessera/synthetic/endoscopy";
import { writeEndoscopySet } from "@tessera/synthetic/endoscopySet";
import { afterAll, beforeAll, expect, it } from "vitest";

const imaging = openImaging({ processes: 1 });
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "tessera-set-"));
});
afterAll(async () => {
  await imaging.close();
  await rm(directory, { recursive: true });
});

it("writes a set that the import rules take whole, with exact masks", async () => {
  const seen: number[] = [];
  const options = { directory, items: 10, size: 64, seed: 5, domain: "b" as const, imaging };
  const summary = await writeEndoscopySet({ ...options, onProgress: (done, total) => seen.push(done / total) });
  expect(summary).toMatchObject({ items: 10, subjects: 4 });
  expect(seen.at(-1)).toBe(1);

  const files = await readdir(directory, { recursive: true });
  const layout = pairKvasir(files.filter((file) => file.includes(".")).map((file) => join("Set", file)));
  expect(layout.problems).toEqual([]);
  expect(layout).toMatchObject({ boxesPath: "Set/bboxes.json", subjectsPath: "Set/subjects.csv" });
  expect(layout.pairs).toHaveLength(10);

  const subjects = parseSubjects(await readFile(join(directory, "subjects.csv"), "utf8"));
  const boxes = parseBoxes(await readFile(join(directory, "bboxes.json"), "utf8"));
  for (const [index, { name }] of layout.pairs.entries()) {
    const item = endoscopyItem({ seed: 5, index, size: 64, domain: "b" });
    expect([name, subjects.get(name), boxes.get(name)]).toEqual([item.name, item.subject, item.boxes]);
    const mask = await imaging.prepareMask(await readFile(join(directory, "masks", `${name}.png`)), 64);
    expect(new Uint8Array(mask)).toEqual(item.mask);
    const image = await imaging.prepareImage(await readFile(join(directory, "images", `${name}.jpg`)), 64);
    const error = image.reduce((sum, value, i) => sum + Math.abs(value - item.rgb[i]!), 0) / image.length;
    expect(error).toBeLessThan(4); // grey levels that JPEG of quality 92 costs
  }
});

it("fails on a directory that cannot be made, and on no items", async () => {
  await expect(writeEndoscopySet({ directory: "/dev/null/x", items: 1, imaging })).rejects.toThrow("ENOTDIR");
  await expect(writeEndoscopySet({ directory, items: 0, imaging })).rejects.toThrow("items: expected a whole number");
});
