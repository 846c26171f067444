/**
 * @file A job that composes the bags of one witness rate of a study, fold by fold, and queues the runs that wait for them.
 *
 * A bag is known by its name: what an earlier attempt stored stays, and negative bags are the same at every rate.
 */
import { encodeBag } from "@tessera/domain/bags/npy";
import { encodeTileLabels } from "@tessera/domain/bags/tileLabels";
import type { ComposeRequest } from "@tessera/domain/slides/request";
import { bagsOfFold, type NamedBag } from "@tessera/domain/study/witnessStudy";
import { folds } from "@tessera/domain/words";
import { type Imaging, openImaging } from "@tessera/imaging/client";
import { insertItems, itemsByIds, itemsByNames } from "@tessera/store/items";
import { splitItems } from "@tessera/store/splits";
import { insertTileLabels, tileLabelsOf } from "@tessera/store/tileLabels";
import { greyOf, type Shades } from "../../bagShades.ts";
import { GivenUp } from "../../leased.ts";
import { asHolder, putAll, type RunningSlideJob } from "../slideJob.ts";
import { freezeRate } from "./freezeRate.ts";
import { type LabelledBag, someBags, type TilePool, tilePool } from "./tilePool.ts";

/** Bags of one transaction. */
const chunk = 16;
/** Of the source, for the shades of pictures. */
const shadedBags = 8;
const media = { bag: "application/x-npy", picture: "image/jpeg" } as const;

export async function composeRate(job: RunningSlideJob, request: ComposeRequest): Promise<string> {
  const { teamId, objects, held } = job;
  const imaging = openImaging({ processes: 1 });
  const started = performance.now();
  const planned = folds.reduce((sum, fold) => sum + request.bags[fold], 0);
  let [done, tiles] = [0, 0];
  try {
    const source = await sourceBags(job, request);
    const shades = greyOf(await someBags(objects, teamId, source.get("train") ?? [], shadedBags));
    const named = new Map<string, NamedBag & { readonly fold: (typeof folds)[number] }>();
    for (const fold of folds) {
      const pool = await tilePool(objects, teamId, source.get(fold) ?? []);
      const bags = bagsOfFold(pool.positive, fold, request.rate, request.bags);
      for (let from = 0; from < bags.length; from += chunk) {
        if (held.signal.aborted) throw new GivenUp();
        const part = bags.slice(from, from + chunk);
        tiles += await storeBags(job, request, part, { pool, shades, imaging });
        for (const bag of part) named.set(bag.name, { ...bag, fold });
        done += part.length;
        job.progress({ done, total: planned, tiles, seconds: (performance.now() - started) / 1000 }, process.pid);
      }
    }
    await freezeRate(job, request, [...named.values()]);
  } finally {
    await imaging.close();
  }
  return request.bagDatasetId;
}

/** By fold, and by name within it; bags whose tiles nobody has labelled are left out. */
async function sourceBags({ database, teamId }: RunningSlideJob, { splitId }: ComposeRequest) {
  return database.asTeam(teamId, async (sql) => {
    const assigned = await splitItems(sql, teamId, splitId);
    const ids = assigned.map(({ itemId }) => itemId);
    const [items, labels] = [await itemsByIds(sql, teamId, ids), await tileLabelsOf(sql, teamId, ids)];
    const known = assigned.flatMap(({ fold }, at) => {
      const [item, own] = [items[at], labels[at]];
      return item && own ? [{ fold, item, labels: own }] : [];
    });
    return Map.groupBy<string, LabelledBag & { readonly fold: string }>(known, ({ fold }) => fold);
  });
}

interface Making {
  readonly pool: TilePool;
  readonly shades: Shades;
  readonly imaging: Imaging;
}

/** @returns how many tiles were read */
async function storeBags(
  job: RunningSlideJob,
  { bagDatasetId }: ComposeRequest,
  bags: readonly NamedBag[],
  { pool, shades, imaging }: Making,
): Promise<number> {
  const { database, teamId, objects } = job;
  const names = bags.map(({ name }) => name);
  const there = await database.asTeam(teamId, (sql) => itemsByNames(sql, teamId, bagDatasetId, names));
  const missing = bags.filter((_, at) => !there[at]);
  const make = async ({ name, subject, tiles }: NamedBag) => {
    const bag = await pool.rows(tiles);
    const own = tiles.map((tile) => pool.positive[tile]!);
    const [picture] = await imaging.pictures(shades(bag), { width: bag.features, height: bag.tiles, channels: 1 });
    const [file, labels, thumbnail] = await Promise.all([
      objects.put(teamId, Buffer.from(encodeBag(bag))),
      objects.put(teamId, Buffer.from(encodeTileLabels(own))),
      objects.put(teamId, picture!.thumbnail),
    ]);
    return { name, subject, bag, own, file, labels, thumbnail };
  };
  const made: Awaited<ReturnType<typeof make>>[] = [];
  for (const bag of missing) made.push(await make(bag)); // one at a time: memory is one bag's
  await asHolder(job, async (sql) => {
    await putAll(
      sql,
      teamId,
      made.flatMap(({ file, labels, thumbnail }) => [
        { ...file, mediaType: media.bag },
        { ...labels, mediaType: media.bag },
        { ...thumbnail, mediaType: media.picture },
      ]),
    );
    await insertItems(
      sql,
      teamId,
      made.map(({ name, subject, bag, file, thumbnail }) => ({
        ...{ datasetId: bagDatasetId, kind: "bag" as const, name, subject, subjectKnown: true, site: null },
        ...{ sha256: file.sha256, thumbnailSha256: thumbnail.sha256, width: bag.features, height: bag.tiles },
        spacingMm: null,
      })),
    );
    // another worker, at another rate, may have stored the same negative bags meanwhile
    const items = await itemsByNames(sql, teamId, bagDatasetId, made.map(({ name }) => name)); // biome-ignore format: one line
    const rows = made.flatMap(({ own, labels: { sha256 } }, at) =>
      items[at] ? [{ itemId: items[at].id, sha256, tiles: own.length, positives: own.filter(Boolean).length }] : [],
    );
    await insertTileLabels(sql, teamId, rows);
  });
  return made.reduce((sum, { bag }) => sum + bag.tiles, 0);
}
