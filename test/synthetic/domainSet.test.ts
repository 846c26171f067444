import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseClassTable } from "@tessera/domain/import/classTable";
import { findClassTable } from "@tessera/domain/import/classTableLayout";
import { guessLayout } from "@tessera/domain/import/layouts";
import { openImaging } from "@tessera/imaging/client";
import { writeDomainSet } from "@tessera/synthetic/domainSet";
import { domainItem } from "@tessera/synthetic/domains";
import { afterAll, beforeAll, expect, it } from "vitest";

const imaging = openImaging({ processes: 1 });
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "tessera-domain-"));
});
afterAll(async () => {
  await imaging.close();
  await rm(directory, { recursive: true });
});

it("writes a set that the import rules take whole, with exact pixels and subjects in one fold each", async () => {
  const options = { seed: 5, domain: "target", labels: "noise" } as const;
  const rows = await writeDomainSet({ ...options, directory, items: 108, imaging });
  const paths = (await readdir(directory, { recursive: true })).filter((path) => path.includes("."));
  expect(guessLayout(paths)).toBe("class-csv");
  const layout = findClassTable(paths, "images");
  expect(layout.problems).toEqual([]);

  const table = parseClassTable(await readFile(join(directory, layout.tablePath!), "utf8"), null);
  expect(table).toMatchObject({ classes: ["grooves", "pits"], exclusive: true });
  expect(table.rows).toHaveLength(108);
  for (const [index, { item, subject, fold, values }] of table.rows.entries()) {
    const drawn = domainItem({ ...options, index });
    expect([item, subject, fold]).toEqual([drawn.name, drawn.subject, rows[index]!.fold]);
    expect(values).toEqual(drawn.label === "pits" ? [0, 1] : [1, 0]);
  }
  const first = await imaging.prepareImage(await readFile(join(directory, "images", `${rows[0]!.name}.png`)), 32);
  expect(new Uint8Array(first)).toEqual(domainItem({ ...options, index: 0 }).rgb);

  const folds = Map.groupBy(rows, ({ fold }) => fold);
  expect(["train", "validation", "test"].map((fold) => folds.get(fold as "train")!.length)).toEqual([72, 18, 18]);
  const bySubject = Map.groupBy(rows, ({ subject }) => subject);
  expect(bySubject.size).toBe(36);
  for (const of of bySubject.values()) {
    expect(new Set(of.map(({ fold }) => fold)).size).toBe(1);
    expect([2, 3, 4]).toContain(of.length);
  }
});

it("refuses fewer items than every fold needs", async () => {
  const options = { seed: 1, domain: "shapes", directory, imaging } as const;
  await expect(writeDomainSet({ ...options, items: 53 })).rejects.toThrow("whole number from 54 to 100000, got 53");
});
