/** @file Files of features, one per slide, beside a CSV table of the slides' classes, subjects, sites and folds. */
import { DomainError } from "@tessera/domain/errors";
import { type FeatureFilesLayout, findFeatureFiles } from "@tessera/domain/import/featureFilesLayout";
import { fileOf } from "@tessera/domain/import/paths";
import { type FeatureFiles, openFeatureFiles } from "@tessera/imaging/features/client";
import { listItems } from "@tessera/store/items";
import { featureBag } from "../featureBag.ts";
import type { ImportContext } from "../importContext.ts";
import { decoders, type ImportSource } from "../importSource.ts";
import { type ShaOf, shasOf } from "../readFile.ts";
import { tableSource } from "./classTable.ts";

/** Without a table, files become bags without labels. @throws DomainError BAD_INPUT where the table cannot be read */
export async function featureSource(context: ImportContext): Promise<ImportSource> {
  const layout = findFeatureFiles(context.claimed.files.map(({ path }) => path));
  const shaOf = shasOf(context);
  const files = openFeatureFiles({ processes: decoders });
  try {
    const features = await usualWidth(context, files, layout, shaOf);
    const source = await tableSource(
      context,
      "features",
      (given, imaging, known) => {
        const patches = layout.patches.get(known.path);
        const beside = patches === undefined ? null : { path: patches, sha256: shaOf.get(patches)! };
        return featureBag(given, imaging, files, { known, patches: beside, features });
      },
      layout,
    );
    return { ...source, close: files.close };
  } catch (error) {
    await files.close();
    throw error;
  }
}

/** Features of a tile, as the dataset's bags have them, else the first file by name that can be read; null where none can. */
async function usualWidth(
  { database, objects, teamId, claimed }: ImportContext,
  files: FeatureFiles,
  layout: FeatureFilesLayout,
  shaOf: ShaOf,
): Promise<number | null> {
  const { rows } = await database.asTeam(teamId, (sql) =>
    listItems(sql, teamId, { datasetId: claimed.datasetId, page: { first: 1 } }),
  );
  if (rows[0]?.kind === "bag") return rows[0].width;
  for (const path of layout.files.paths) {
    try {
      return (await files.shape({ path: await objects.path(teamId, shaOf.get(path)!), name: fileOf(path) })).features;
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === "UNAVAILABLE") throw error; // a bad file is told of in its turn
    }
  }
  return null;
}
