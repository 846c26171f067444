/**
 * @file A job of features: the tiles of a tiling, encoded slide by slide, each slide a bag in a dataset of its own.
 *
 * The bags have the slides' names, subjects and thumbnails; when all are there, they get the labels of the version that was named and
 * the slides' splits. A bag's rows are in the order of its manifest's tiles, so that a place belongs to each.
 */
import { availableParallelism } from "node:os";
import { encodeBag } from "@tessera/domain/bags/npy";
import { DomainError } from "@tessera/domain/errors";
import { decodeManifest } from "@tessera/domain/slides/manifest";
import type { FeaturesRequest, TilesRequest } from "@tessera/domain/slides/request";
import type { TileRule } from "@tessera/domain/slides/tileRule";
import { blobsBySha } from "@tessera/store/blobs";
import type { TeamSql } from "@tessera/store/database";
import { type Item, insertItems, itemsBySha } from "@tessera/store/items";
import { allSlideResults, insertSlideResult, type SlideResult, slideJobsByIds } from "@tessera/store/slideJobs";
import { weightsByIds } from "@tessera/store/weights";
import { bagDataset, labelBags } from "./bagDataset.ts";
import { openEncoder } from "./encoder.ts";
import type { EncoderFiles } from "./protocol.ts";
import { asHolder, fileOfSlide, putAll, type RunningSlideJob, slidesToDo, sumOf } from "./slideJob.ts";

/** @returns the dataset of the bags */
export async function makeBags(job: RunningSlideJob, request: FeaturesRequest): Promise<string> {
  const { teamId, held } = job;
  const { slides, done } = await slidesToDo(job);
  const { tilings, rule, net } = await partsOf(job, request);
  const datasetId = await bagDataset(job, request.name);
  const encoder = openEncoder(
    {
      teamId,
      objectsDirectory: job.objectsDirectory,
      net,
      threads: Math.min(availableParallelism(), job.maxThreads ?? Number.POSITIVE_INFINITY),
    },
    held.signal,
  );
  const wanted = slides.filter(({ id }) => tilings.get(id)?.sha256);
  const told = (now: { tiles: number; seconds: number } = { tiles: 0, seconds: 0 }) => {
    const sum = sumOf(done.values());
    const progress = { ...sum, tiles: sum.tiles + now.tiles, seconds: sum.seconds + now.seconds, total: wanted.length };
    job.progress(progress, encoder.processId);
  };
  try {
    told();
    for (const slide of wanted) {
      if (done.has(slide.id)) continue;
      const result = await encodeSlide(slide, tilings.get(slide.id)!.sha256!);
      done.set(slide.id, result);
      told();
    }
  } finally {
    await encoder.close();
  }
  await labelBags(job, request, datasetId, [...done.values()]);
  return datasetId;

  async function encodeSlide(slide: Item, manifestSha256: string): Promise<SlideResult> {
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1000;
    const empty = {
      jobId: job.claimed.id,
      itemId: slide.id,
      bagItemId: null,
      sha256: null,
      overlaySha256: null,
      facts: null,
    };
    const keepRefused = async (error: string): Promise<SlideResult> => {
      const result = { ...empty, tiles: 0, seconds: seconds(), error };
      await asHolder(job, (sql) => insertSlideResult(sql, teamId, result));
      return result;
    };
    const manifest = decodeManifest(await job.objects.read(teamId, manifestSha256));
    const { x, y } = manifest.tiles;
    if (x.length === 0) return keepRefused("The slide has no tile: no tissue was found, or all of it is blurred");
    const list = { x, y, extent: manifest.extent, size: rule.size };
    const said = await encoder.encode(await fileOfSlide(job, slide), list, (count) =>
      told({ tiles: count, seconds: seconds() }),
    );
    if (said.type === "refused") return keepRefused(said.error);
    const bag = { tiles: x.length, features: said.features, values: said.values };
    const stored = await job.objects.put(teamId, Buffer.from(encodeBag(bag).buffer));
    return asHolder(job, async (sql) => {
      await putAll(sql, teamId, [{ ...stored, mediaType: "application/x-npy" }]);
      const { name, subject, subjectKnown, site, thumbnailSha256 } = slide;
      const of = { name, subject, subjectKnown, site, thumbnailSha256, spacingMm: null };
      const size = { width: bag.features, height: bag.tiles };
      await insertItems(sql, teamId, [{ datasetId, kind: "bag", sha256: stored.sha256, ...of, ...size }]);
      const [item] = await itemsBySha(sql, teamId, datasetId, [stored.sha256]);
      const result = {
        ...empty,
        sha256: stored.sha256,
        bagItemId: item!.id,
        tiles: x.length,
        seconds: seconds(),
        error: null,
      };
      await insertSlideResult(sql, teamId, result);
      return result;
    });
  }
}

/** @throws DomainError NOT_FOUND where a part is not there any more */
async function partsOf({ database, teamId }: RunningSlideJob, request: FeaturesRequest) {
  return database.asTeam(teamId, async (sql) => {
    const [tiles] = await slideJobsByIds(sql, teamId, [request.tilesJobId]);
    if (!tiles) throw new DomainError("NOT_FOUND", "The tiles are not in this team any more");
    const { rule } = tiles.request as TilesRequest;
    const net = await netOf(sql, teamId, request, rule);
    const files = "checkpointSha256" in net ? [net.checkpointSha256] : [net.weightsSha256, net.graphSha256];
    if ((await blobsBySha(sql, teamId, files)).includes(null)) {
      throw new DomainError("NOT_FOUND", "The files of the net are gone; choose another one");
    }
    const results = await allSlideResults(sql, teamId, request.tilesJobId);
    return { rule, net, tilings: new Map(results.map((result) => [result.itemId, result])) };
  });
}

async function netOf(
  sql: TeamSql,
  teamId: string,
  { weightsId, run }: FeaturesRequest,
  { size }: TileRule,
): Promise<EncoderFiles> {
  if (run !== undefined) return { checkpointSha256: run.checkpointSha256 };
  const [weights] = weightsId === null ? [] : await weightsByIds(sql, teamId, [weightsId]);
  if (!weights) throw new DomainError("NOT_FOUND", "The weights are not in this team any more");
  return { weightsSha256: weights.sha256, graphSha256: weights.graphSha256, size };
}
