/** @file Feature reuse: linear CKA between the blocks of two sets of weights, beside what its two nulls reach. */

import type * as tf from "@tensorflow/tfjs";
import { DomainError } from "@tessera/domain/errors";
import {
  type BlockDistance,
  estimators,
  type FeatureReuseRequest,
  type FeatureReuseResult,
  type Matrix,
  type Similarity,
} from "@tessera/domain/inspections/featureReuse";
import { randomStream } from "@tessera/domain/random";
import { lookUp, normalizedValues } from "@tessera/models/augmentation/normalize";
import { shuffledIndices } from "@tessera/models/augmentation/random";
import { bandOf } from "@tessera/models/similarity/bands";
import { type CkaOptions, ckaMatrix, ckaVector, type Gram } from "@tessera/models/similarity/cka";
import { distances } from "@tessera/models/similarity/distance";
import { blockGrams, type Images } from "@tessera/models/similarity/grams";
import { type NamedWeights, readWeights } from "@tessera/models/weights/named";
import type { TrainingItem } from "../items.ts";
import type { Given } from "./given.ts";
import type { InspectedRun } from "./inspectedRun.ts";

type Grams = ReadonlyMap<string, Gram>;

interface Side {
  readonly run: InspectedRun;
  readonly images: Images;
}

const least = 8;
const largestBatch = 64;

/**
 * @throws DomainError CONFLICT where a's run has too few validation items
 */
export async function featureReuse(request: FeatureReuseRequest, given: Given): Promise<FeatureReuseResult> {
  const { a, b, positions, draws } = request;
  const [runA, runB] = [given.run(a.runId), given.run(b.runId)];
  const sideA = await sideOf(runA, runA, request.items);
  const sideB = await sideOf(runB, runA, request.items);
  let done = 0;
  const passes = 2 + 2 * draws; // of the items through a network
  const look = async (model: tf.LayersModel, { images }: Side) => {
    try {
      const [weights, grams] = [copied(readWeights(model)), await blockGrams(model, images, positions)];
      return { weights, grams };
    } finally {
      model.dispose();
      given.progress(++done, passes);
    }
  };
  given.progress(0, passes);
  const lookA = await look(await runA.model(a.at), sideA);
  const lookB = await look(await runB.model(b.at), sideB);
  const random: { a: Grams; b: Grams; travelled: ReturnType<typeof distances> }[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const fresh = randomStream("random nets", draw);
    const [seedA, seedB] = [fresh.integer(2 ** 31), fresh.integer(2 ** 31)];
    const one = await look(runA.randomModel(seedA), sideA);
    const other = await look(runB.randomModel(seedB), sideB);
    random.push({ a: one.grams, b: other.grams, travelled: distances(one.weights, other.weights) });
  }
  const items = sideA.images.count;
  const batch = Math.min(largestBatch, Math.floor(items / 2));
  const orders = Array.from({ length: draws }, (_, draw) => shuffledIndices(items, { seed: draw, epoch: 0, index: 0 }));
  const similarities = estimators.map((estimator): Similarity => {
    const cka = (left: Grams, right: Grams, order?: ArrayLike<number>): Matrix => {
      const vectors = (grams: Grams, options: CkaOptions) =>
        [...grams.values()].map((gram) => ckaVector(gram, options));
      const plain = { estimator, batch };
      return ckaMatrix(vectors(left, plain), vectors(right, order ? { ...plain, order } : plain));
    };
    const [randomBand, shuffled] = [
      bandOf(random.map((pair) => cka(pair.a, pair.b))),
      bandOf(orders.map((order) => cka(lookA.grams, lookB.grams, order))),
    ];
    return {
      estimator,
      values: cka(lookA.grams, lookB.grams),
      randomHigh: randomBand.high,
      randomMean: randomBand.mean,
      shuffledHigh: shuffled.high,
      shuffledMean: shuffled.mean,
    };
  });
  return {
    blocksA: [...lookA.grams.keys()],
    blocksB: [...lookB.grams.keys()],
    items,
    batch,
    draws,
    similarities,
    distances: travelled(
      distances(lookA.weights, lookB.weights),
      random.map((pair) => pair.travelled),
    ),
  };
}

/** The same items for both: of a's run, at the size of the side's own model. In the run's order, which is that of a hash. */
async function sideOf(run: InspectedRun, owner: InspectedRun, most: number): Promise<Side> {
  const { size } = run.configuration.model;
  const { validation } = size === owner.configuration.model.size ? owner.items : await owner.itemsAt(size);
  const items = validation.slice(0, most);
  if (items.length < least) {
    const message = `Run ${owner.runId} has ${items.length} validation items; CKA needs at least ${least}`;
    throw new DomainError("CONFLICT", message, { items: items.length });
  }
  return { run, images: imagesOf(items, size) };
}

const imagesOf = (items: readonly TrainingItem[], size: number): Images => ({
  count: items.length,
  size,
  async image(index) {
    const values = new Float32Array(size * size * 3);
    lookUp((await items[index]!.read()).image, normalizedValues, values);
    return values;
  },
});

/** What was read may be the model's own memory. */
const copied = (weights: NamedWeights): NamedWeights =>
  new Map([...weights].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]));

function travelled(
  all: ReturnType<typeof distances>,
  random: readonly ReturnType<typeof distances>[],
): BlockDistance[] | null {
  if (all === null) return null;
  return [...all].map(([block, each]) => {
    const fresh = random.map((pair) => pair!.get(block)!.distance);
    return { block, ...each, randomDistance: fresh.reduce((sum, value) => sum + value, 0) / fresh.length };
  });
}
