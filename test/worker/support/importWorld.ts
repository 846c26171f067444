/** Imports whole folders and reads back what they left. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ImportLayout, IntensityWindow } from "@tessera/domain/import/layouts";
import { openObjects } from "@tessera/objects/localObjects";
import { annotationsByItems } from "@tessera/store/annotations";
import { createDataset } from "@tessera/store/datasets";
import { createImport, type ImportProblem } from "@tessera/store/imports";
import { listItems } from "@tessera/store/items";
import { schemasByIds } from "@tessera/store/labelSchemas";
import { labelVersionsByIds } from "@tessera/store/labelVersions";
import { ensureProject } from "@tessera/store/projects";
import { splitItems } from "@tessera/store/splits";
import type { Counts } from "@tessera/worker/imports/importContext";
import { importFiles } from "@tessera/worker/imports/importFiles";
import sharp from "sharp";
import { testDatabase } from "../../support/database.ts";
import { type Folder, upload } from "./kvasirFolder.ts";

export type ImportWorld = Awaited<ReturnType<typeof importWorld>>;

export async function importWorld() {
  const database = await testDatabase();
  const directory = mkdtempSync(join(tmpdir(), "tessera-layouts-"));
  const objects = openObjects({ directory });
  let datasets = 0;

  type Query<T> = Parameters<typeof database.db.asTeam<T>>[1];
  const ask = <T>(query: Query<T>) => database.db.asTeam(database.teamId, query);

  const newDataset = () =>
    ask(async (sql) => {
      const { id: projectId } = await ensureProject(sql, database.teamId, "Layouts");
      const name = `Set ${++datasets}`;
      return (await createDataset(sql, database.teamId, { projectId, name, modality: "other" })).id;
    });

  /** Imports a folder and reads back what it left. */
  async function take(
    layout: ImportLayout,
    folder: Folder,
    { datasetId, window = null }: { datasetId?: string; window?: IntensityWindow | null } = {},
  ) {
    const { db, teamId } = database;
    const into = datasetId ?? (await newDataset());
    const files = await upload(folder, objects, db, teamId);
    const started = await ask((sql) =>
      createImport(sql, teamId, { datasetId: into, layout, reader: "r", intensityWindow: window, files }),
    );
    // It runs here: a supervisor that a test starts must not take it from the queue and import everything once more.
    await database.owner`update imports set state = 'cancelled', finished_at = clock_timestamp() where id = ${started.id}`;
    const problems: ImportProblem[] = [];
    let counts: Counts | undefined;
    const claimed = { id: started.id, attempt: 0, datasetId: into, layout, reader: "r", intensityWindow: started.intensityWindow, files, total: 0, done: 0 }; // biome-ignore format: one row
    const frozen = await importFiles({
      database: db,
      objects,
      teamId,
      claimed,
      report: async (now, found) => {
        counts = now;
        problems.push(...found);
      },
    });
    return ask(async (sql) => {
      const { rows: items } = await listItems(sql, teamId, { datasetId: into, page: { first: 500 } });
      const annotations = (await annotationsByItems(sql, teamId, items.map(({ id }) => id))).map((each) => each.at(-1)!); // biome-ignore format: short
      // Further opinions alone make no version.
      const [version] = await labelVersionsByIds(sql, teamId, frozen.labelVersionId ? [frozen.labelVersionId] : []);
      const [schema] = await schemasByIds(sql, teamId, version ? [version.schemaId] : []);
      const folds = frozen.splitId === null ? [] : await splitItems(sql, teamId, frozen.splitId);
      const codes = Object.fromEntries(problems.map(({ path, code }) => [path, code]));
      return {
        datasetId: into,
        items,
        annotations,
        version: version!,
        schema: schema!,
        folds,
        splitId: frozen.splitId,
        problems,
        codes,
        counts: counts!,
      };
    });
  }

  /** Rows of text, one digit a pixel, as they are stored. */
  async function stored(sha256: string): Promise<string[]> {
    const bytes = await objects.read(database.teamId, sha256);
    const { data, info } = await sharp(bytes).toColourspace("b-w").raw().toBuffer({ resolveWithObject: true });
    return Array.from({ length: info.height }, (_, y) =>
      [...data.subarray(y * info.width, (y + 1) * info.width)].map((value) => (value === 255 ? "#" : value)).join(""),
    );
  }

  return {
    database,
    objects,
    /** Of the objects. */
    directory,
    ask,
    newDataset,
    take,
    stored,
    async close() {
      await database.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
