/** @file Bags of feature vectors in one CSV table: every bag is an item, its tiles an array that NumPy reads. */
import { encodeBag } from "@tessera/domain/bags/npy";
import { encodeTileLabels } from "@tessera/domain/bags/tileLabels";
import { DomainError } from "@tessera/domain/errors";
import { findBags } from "@tessera/domain/import/bagLayout";
import { readBagTable, type TableBag } from "@tessera/domain/import/bagTable";
import { parseClassNames } from "@tessera/domain/import/classNames";
import { publishedFolds } from "@tessera/domain/import/folds";
import type { Imaging } from "@tessera/imaging/client";
import { greyOf, type Shades } from "../../bagShades.ts";
import type { ImportContext } from "../importContext.ts";
import { classesOf, decoders, type ImportSource, type PreparedItem } from "../importSource.ts";
import { shasOf } from "../readFile.ts";
import { needText } from "../textFiles.ts";
import { unhurried } from "../unhurried.ts";

/** @throws DomainError BAD_INPUT where there is no table, or it cannot be read */
export async function bagSource(context: ImportContext): Promise<ImportSource> {
  const { tablePath, classesPath, problems } = findBags(context.claimed.files.map(({ path }) => path));
  const shaOf = shasOf(context);
  if (tablePath === undefined)
    throw new DomainError("BAD_INPUT", "There is no CSV table of bags in the folder; add it");
  const listed = classesPath === undefined ? null : await needText(context, shaOf, classesPath, parseClassNames);
  const { bags, classes } = await needText(context, shaOf, tablePath, (text) => unhurried(readBagTable(text, listed)));
  const lists = publishedFolds(bags);
  const shades = greyOf(bags.map(({ tiles }) => tiles));
  return {
    schema: classesOf(classes, true),
    meaning: `a bag's class is the label of its lines in ${tablePath}`,
    units: bags.map((bag) => ({
      items: 1,
      prepare: async (imaging) => [await prepare(context, imaging, bag, tablePath, shades)],
    })),
    parallel: 2 * decoders,
    problems,
    lists: lists && { ...lists, path: tablePath },
    unitName: "bags",
    missing: "the table has no bag",
  };
}

async function prepare(
  { objects, teamId }: ImportContext,
  imaging: Imaging,
  { name, subject, site, values, tiles, tileLabels }: TableBag,
  path: string,
  shades: Shades,
): Promise<PreparedItem> {
  const [picture] = await imaging.pictures(shades(tiles), { width: tiles.features, height: tiles.tiles, channels: 1 });
  const [array, thumbnail, own] = await Promise.all([
    objects.put(teamId, Buffer.from(encodeBag(tiles).buffer)),
    objects.put(teamId, picture!.thumbnail),
    tileLabels && objects.put(teamId, Buffer.from(encodeTileLabels(tileLabels))),
  ]);
  return {
    kind: "bag",
    name,
    path,
    sha256: array.sha256,
    image: array,
    width: tiles.features,
    height: tiles.tiles,
    thumbnail,
    label: { classValues: values },
    tileLabels: own && { ...own, tiles: tiles.tiles, positives: tileLabels!.filter((label) => label === 1).length },
    subject,
    site,
    spacing: null,
  };
}
