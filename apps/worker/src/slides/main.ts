/**
 * @file The child that encodes tiles: opens the net once, then one slide after another. It ends with its supervisor.
 *
 * Tiles are read by slide children of its own while TensorFlow encodes those before them. It has no connection to the database.
 */
import { constants, setPriority } from "node:os";
import { DomainError } from "@tessera/domain/errors";
import { openSlides, type SlideFile, type TileList } from "@tessera/imaging/slides/client";
import { openObjects } from "@tessera/objects/localObjects";
import { importedEncoder, runEncoder, type TileEncoder } from "@tessera/training/tileEncoder";
import { describeFailure } from "../describeFailure.ts";
import type { EncoderJob, FromEncoder, ToEncoder } from "./protocol.ts";

setPriority(constants.priority.PRIORITY_BELOW_NORMAL); // whoever trains on this machine goes first

/** SIGKILL: nothing here may delay the end, not even what runs in TensorFlow. */
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
// A terminal's Ctrl-C reaches the whole group; the supervisor decides when this child stops.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => undefined);

const slides = openSlides({ processes: 1 });
let encoder: Promise<TileEncoder> | null = null;
let turn: Promise<void> = Promise.resolve();

process.on("message", (message: ToEncoder) => {
  turn = turn.then(() => answer(message)).catch((error) => leave(failed(error)));
});

const tell = (message: FromEncoder) =>
  new Promise<void>((resolve, reject) => {
    process.send!(message, undefined, undefined, (error) => (error ? reject(error) : resolve()));
  });

async function answer(message: ToEncoder): Promise<void> {
  if (message.type === "start") {
    encoder = open(message.job);
    await encoder;
    return;
  }
  try {
    await tell({ type: "features", ...(await encodeSlide(await encoder!, message.file, message.tiles)) });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === "UNAVAILABLE") throw error;
    await tell({ type: "refused", error: error.message });
  }
}

async function open({ teamId, objectsDirectory, net, threads }: EncoderJob): Promise<TileEncoder> {
  const objects = openObjects({ directory: objectsDirectory });
  if ("checkpointSha256" in net) return runEncoder(await objects.read(teamId, net.checkpointSha256), threads);
  const [weights, graph] = await Promise.all(
    [net.weightsSha256, net.graphSha256].map((sha256) => objects.read(teamId, sha256)),
  );
  return importedEncoder({ weights: weights!, graph: graph! }, net.size, threads);
}

/** The next tiles are read while these are encoded; never more than two batches are here. */
async function encodeSlide({ size, features, atOnce, encode }: TileEncoder, file: SlideFile, list: TileList) {
  const count = list.x.length;
  const values = new Float32Array(count * features);
  const read = (from: number) => {
    const part = { ...list, size, x: list.x.slice(from, from + atOnce), y: list.y.slice(from, from + atOnce) };
    const pixels = slides.tiles(file, part);
    pixels.catch(() => undefined); // said when it is awaited
    return pixels;
  };
  let coming = read(0);
  for (let from = 0; from < count; from += atOnce) {
    const pixels = await coming;
    if (from + atOnce < count) coming = read(from + atOnce);
    values.set(await encode(pixels, Math.min(atOnce, count - from)), from * features);
    await tell({ type: "progress", tiles: Math.min(count, from + atOnce) });
  }
  return { features, values };
}

async function leave(message: FromEncoder): Promise<void> {
  await tell(message);
  await slides.close();
  process.removeAllListeners("disconnect");
  process.exit(0);
}

const failed = (error: unknown): FromEncoder => ({
  type: "failed",
  error: describeFailure(error),
  passing: error instanceof DomainError && error.code === "UNAVAILABLE",
});
