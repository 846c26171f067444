/** @file A file of features as an item: its numbers become an array that NumPy reads, its places a manifest of the slide that they are of. */
import { fileOf, withoutEnding } from "@tessera/domain/import/paths";
import type { Imaging } from "@tessera/imaging/client";
import type { FeatureFile, FeatureFiles, FeaturesRead } from "@tessera/imaging/features/client";
import { blobsBySha } from "@tessera/store/blobs";
import type { ImportContext } from "./importContext.ts";
import { FileProblem } from "./importProblem.ts";
import type { PreparedItem, StoredBlob } from "./importSource.ts";
import { placesOf } from "./placesOf.ts";
import { naming } from "./readFile.ts";
import { storeWritten } from "./storeWritten.ts";
import type { KnownImage } from "./wholeImage.ts";

export interface FeatureUnit {
  readonly known: KnownImage;
  /** CLAM's file of the slide's patches, where it came too. */
  readonly patches: { readonly path: string; readonly sha256: string } | null;
  /** Of a tile, in the dataset's bags; null: not known. */
  readonly features: number | null;
}

/** The file's own bytes never pass through this process. @throws FileProblem */
export async function featureBag(
  context: ImportContext,
  imaging: Imaging,
  files: FeatureFiles,
  { known: { slideName, ...known }, patches, features }: FeatureUnit,
): Promise<PreparedItem> {
  const { objects, teamId } = context;
  const { path, sha256 } = known;
  const refuse = naming(path);
  const opened = async (of: { path: string; sha256: string }): Promise<FeatureFile> => ({
    path: await objects.path(teamId, of.sha256).catch(naming(of.path)),
    name: fileOf(of.path),
  });
  const file = await opened(known);
  const shape = await files.shape(file).catch(refuse);
  if (features !== null && shape.features !== features) {
    throw new FileProblem(
      path,
      "OTHER_WIDTH",
      `A tile has ${shape.features} features here and ${features} in the dataset's other bags; features of another net go into a dataset of their own`,
    );
  }
  const { blob, said } = await storeWritten(context, (target) => files.convert(file, target)).catch(refuse);
  const extent =
    said.tiling.extent ?? (patches && (await files.tiling(await opened(patches)).catch(naming(patches.path))).extent);
  const {
    places,
    slide: found,
    why,
  } = await placesOf(context, {
    name: withoutEnding(slideName ?? fileOf(path)),
    read: said,
    extent,
  });
  return {
    ...known,
    kind: "bag",
    sha256: blob.sha256,
    image: blob,
    width: said.features,
    height: said.tiles,
    thumbnail:
      found === null ? await shaded(context, imaging, said) : await thumbnailOf(context, found.thumbnailSha256),
    spacing: null,
    imported: { source: { path, sha256, writer: said.tiling.writer, encoder: said.encoder }, places },
    warning: why === null ? null : { path, code: "NO_PLACES", message: why },
  };
}

async function shaded(
  { objects, teamId }: ImportContext,
  imaging: Imaging,
  { shades }: FeaturesRead,
): Promise<StoredBlob> {
  const { width, height, grey } = shades;
  const [picture] = await imaging.pictures(grey, { width, height, channels: 1 });
  return objects.put(teamId, picture!.thumbnail);
}

/** As the bags that are made here: they look as their slides do. */
async function thumbnailOf({ database, teamId }: ImportContext, sha256: string): Promise<StoredBlob> {
  const [blob] = await database.asTeam(teamId, (sql) => blobsBySha(sql, teamId, [sha256]));
  return { sha256, size: blob!.size };
}
