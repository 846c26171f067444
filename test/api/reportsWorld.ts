/** @file Films with synthetic reports: hand labels say what was planted to be there. */
import { openObjects } from "@tessera/objects/localObjects";
import { putBlob } from "@tessera/store/blobs";
import { syntheticReport } from "@tessera/synthetic/reports/report";
import { plantExperiment, type World } from "./world.ts";

export const classes = ["Effusion", "Pneumothorax", "Laterality"];
export const reports = Array.from({ length: 30 }, (_, index) => syntheticReport({ seed: 3, index }));
export const handOf = (i: number): [0 | 1, 0 | 1, 0] => {
  const of = (finding: string) => (reports[i]!.truth.get(finding) === "positive" ? 1 : 0);
  return [of("Effusion"), of("Pneumothorax"), 0];
};

export function plantReportedFilms(world: World) {
  const items = reports.map(({ name }, i) => ({
    ...{ name, subject: name, fold: (["train", "validation", "test"] as const)[i % 3]!, regionPixels: [] },
    classValues: handOf(i),
  }));
  const arms = [{ name: "one", changes: {} }];
  return plantExperiment(world, world.database.teamId, { name: "Reported films", seeds: [1], items, arms, classes, exclusive: false }); // biome-ignore format: one line
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
export const table = (rows: readonly { name: string; text: string }[]) => ["item,report", ...rows.map(({ name, text }) => `${name},${quoted(text)}`)].join("\n"); // biome-ignore format: one line

export async function upload(world: World, text: string): Promise<string> {
  const { db, teamId } = world.database;
  const { sha256, size } = await openObjects({ directory: world.objectsDirectory }).put(teamId, Buffer.from(text));
  await db.asTeam(teamId, (sql) => putBlob(sql, teamId, { sha256, size, mediaType: "text/csv" }));
  return sha256;
}
