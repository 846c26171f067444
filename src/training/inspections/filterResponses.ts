/** @file Cat v. x-ray: the answers of a run's filters to two images, before training and after. */
import * as tf from "@tensorflow/tfjs";
import { channelsOf } from "@tessera/domain/configuration/channels";
import { DomainError } from "@tessera/domain/errors";
import {
  type DeadLayer,
  type FilterDepth,
  type FilterResponsesRequest,
  type FilterResponsesResult,
  mostShownFilters,
  mostShownSide,
  mostValidationItems,
  type ShownImage,
} from "@tessera/domain/inspections/filterResponses";
import { withChannels } from "@tessera/models/augmentation/grey";
import { lookUp, normalizedValues } from "@tessera/models/augmentation/normalize";
import { type ActivatedLayer, activatedLayers, depthsOf } from "@tessera/models/filters/activatedLayers";
import { filterDistances, spreadOf } from "@tessera/models/filters/distance";
import { responseChanges, filterResponses as responsesOf } from "@tessera/models/filters/responses";
import { type NamedWeight, readWeights } from "@tessera/models/weights/named";
import { scoringBatch } from "../batches.ts";
import { filterPictures } from "./filterPictures.ts";
import { firstLayer } from "./firstLayer.ts";
import type { Given } from "./given.ts";
import type { InspectedRun } from "./inspectedRun.ts";

/** Of one set of weights. */
interface Looked {
  readonly layers: readonly (Omit<ActivatedLayer, "output"> & { readonly filters: number; readonly side: number })[];
  /** By layer, per image [side*side, filters]. */
  readonly answers: ReadonlyMap<string, readonly Float32Array[]>;
  /** By layer, the highest answer of each filter on the validation items. */
  readonly highest: ReadonlyMap<string, Float32Array>;
  readonly kernels: ReadonlyMap<string, NamedWeight>;
}

/** Validation items that are in the model at once. */
const atOnce = 16;

export async function filterResponses(request: FilterResponsesRequest, given: Given): Promise<FilterResponsesResult> {
  const run = given.run(request.runId);
  const { size } = run.configuration.model;
  const channels = channelsOf(run.configuration.model);
  const pixels: Uint8Array[] = [];
  for (const image of request.images) pixels.push(await pictureOf(image, size, given)); // in order: the first that is bad is named
  const seen = pixels.map((image) => withChannels(image, channels));
  const validationItems = Math.min(mostValidationItems, run.items.validation.length);
  const batches = Math.ceil(validationItems / atOnce);
  let done = 0;
  const total = 2 * (1 + batches) + 1; // each set of weights sees the images and the validation; then the pictures
  const passed = () => given.progress(++done, total);
  given.progress(0, total);
  const before = await look(run, "start", seen, validationItems, passed);
  const after = await look(run, "end", seen, validationItems, passed);
  const chosen = depthsOf(before.layers);
  const depths: FilterDepth[] = [];
  for (const depth of chosen) depths.push(await depthOf(depth, before, after, given));
  const stem = before.layers[0]!.kernel; // the one that sees the image
  const first = await firstLayer(stem, before.kernels.get(stem)!, after.kernels.get(stem)!, given);
  const images = await Promise.all(
    seen.map(async (image, i) => {
      const rgb = channels === 3 ? image : repeated(image);
      return { name: request.images[i]!.name, sha256: await given.storePicture(rgb, size, size) };
    }),
  );
  passed();
  const layers = before.layers.map((layer) => deadOf(layer, before, after));
  return { size, channels, images, validationItems, depths, layers, firstLayer: first };
}

/** @throws DomainError BAD_FILE that names the image */
async function pictureOf({ name, sha256 }: ShownImage, size: number, given: Given): Promise<Uint8Array> {
  try {
    return await given.picture(sha256, size);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(error.code, `"${name}": ${error.message}`, error.details, error);
  }
}

async function look(
  run: InspectedRun,
  at: "start" | "end",
  images: readonly Uint8Array[],
  validationItems: number,
  passed: () => void,
): Promise<Looked> {
  const model = await run.model(at);
  try {
    const layers = activatedLayers(model);
    const part = tf.model({ inputs: model.inputs, outputs: layers.map(({ output }) => output) }); // its layers are the model's
    const answers = await answersTo(images, part, layers, run);
    passed();
    const highest = await highestOf(run, validationItems, part, layers, passed);
    const kernels = new Map<string, NamedWeight>();
    for (const [name, { shape, data }] of readWeights(model)) {
      if (name.endsWith("/kernel")) kernels.set(name, { shape, data: data.slice() }); // what was read may be the model's own
    }
    return {
      layers: layers.map(({ output, ...rest }) => ({ ...rest, filters: output.shape.at(-1)!, side: output.shape[1]! })),
      answers,
      highest,
      kernels,
    };
  } finally {
    model.dispose();
  }
}

/** One image at a time: a net's answers to one are kept whole. */
async function answersTo(
  images: readonly Uint8Array[],
  part: tf.LayersModel,
  layers: readonly ActivatedLayer[],
  run: InspectedRun,
): Promise<Map<string, Float32Array[]>> {
  const { size } = run.configuration.model;
  const answers = new Map<string, Float32Array[]>(layers.map(({ layer }) => [layer, []]));
  for (const image of images) {
    const values = new Float32Array(image.length);
    lookUp(image, normalizedValues, values);
    const outputs = tf.tidy(() => applied(part, tf.tensor4d(values, [1, size, size, image.length / size ** 2])));
    for (const [i, output] of outputs.entries()) {
      answers.get(layers[i]!.layer)!.push((await output.data<"float32">()).slice());
      output.dispose();
    }
  }
  return answers;
}

/** With the averages of batch normalisation, as the run is scored. */
const applied = (part: tf.LayersModel, images: tf.Tensor4D): tf.Tensor[] =>
  [part.apply(images, { training: false }) as tf.Tensor | tf.Tensor[]].flat();

async function highestOf(
  run: InspectedRun,
  count: number,
  part: tf.LayersModel,
  layers: readonly ActivatedLayer[],
  passed: () => void,
): Promise<Map<string, Float32Array>> {
  const { size } = run.configuration.model;
  const highest = layers.map(({ output }) => new Float32Array(output.shape.at(-1)!).fill(Number.NEGATIVE_INFINITY));
  const items = run.items.validation.slice(0, count); // the run has them in an order by hash
  for (let from = 0; from < items.length; from += atOnce) {
    const { batch } = await scoringBatch(items.slice(from, from + atOnce), run.task);
    const maxima = tf.tidy(() => {
      const images = tf.tensor4d(batch.inputs[0]!.values, [
        batch.items,
        size,
        size,
        channelsOf(run.configuration.model),
      ]);
      return applied(part, images).map((output) => output.max([0, 1, 2]));
    });
    for (const [i, each] of maxima.entries()) {
      for (const [filter, value] of (await each.data<"float32">()).entries()) {
        highest[i]![filter] = Math.max(highest[i]![filter]!, value);
      }
      each.dispose();
    }
    passed();
  }
  return new Map(layers.map(({ layer }, i) => [layer, highest[i]!]));
}

async function depthOf(
  { layer, block, kernel, filters, side }: Looked["layers"][number],
  before: Looked,
  after: Looked,
  given: Given,
): Promise<FilterDepth> {
  const [early, late] = [before.answers.get(layer)!, after.answers.get(layer)!];
  const changes = responseChanges(early, late, filters);
  const distances = filterDistances(before.kernels.get(kernel)!, after.kernels.get(kernel)!);
  const order = changes.map((_, filter) => filter).sort((a, b) => changes[b]! - changes[a]! || a - b);
  const shown = order.slice(0, mostShownFilters);
  const [responsesBefore, responsesAfter] = [early, late].map((images) =>
    images.map((each) => responsesOf(each, filters)),
  );
  const rows = early.flatMap((_, image) => [early[image]!, late[image]!]);
  const { pixels, width, height, shownSide, ranges } = filterPictures(rows, filters, shown, mostShownSide);
  return {
    block,
    layer,
    filters,
    side,
    shownSide,
    sha256: await given.storePicture(pixels, width, height),
    change: changes.reduce((sum, change) => sum + change, 0) / filters,
    distances: spreadOf(distances),
    shown: shown.map((filter, i) => ({
      filter,
      change: changes[filter]!,
      distance: distances[filter]!,
      before: responsesBefore!.map((each) => each[filter]!),
      after: responsesAfter!.map((each) => each[filter]!),
      ...ranges[i]!,
    })),
  };
}

/** A filter is dead where it is never above 0. */
function deadOf({ layer, block, filters }: Looked["layers"][number], before: Looked, after: Looked): DeadLayer {
  const silent = (looked: Looked) =>
    looked.answers.get(layer)!.map((values) => responsesOf(values, filters).map(({ high }) => high <= 0));
  const [early, late] = [silent(before), silent(after)];
  const count = (flags: readonly boolean[]) => flags.filter(Boolean).length;
  const onBoth = (images: readonly (readonly boolean[])[]) =>
    count(images[0]!.map((dead, filter) => images.every((each) => each[filter]) && dead));
  const onValidation = (looked: Looked) => looked.highest.get(layer)!.filter((value) => value <= 0).length;
  return {
    layer,
    block,
    filters,
    images: early.map((flags, i) => ({ before: count(flags), after: count(late[i]!) })),
    both: { before: onBoth(early), after: onBoth(late) },
    validation: { before: onValidation(before), after: onValidation(after) },
  };
}

const repeated = (grey: Uint8Array): Uint8Array =>
  Uint8Array.from({ length: 3 * grey.length }, (_, i) => grey[Math.floor(i / 3)]!);
