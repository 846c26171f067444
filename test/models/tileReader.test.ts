/** What tiles weigh and say, against what the models themselves give (which torch has checked: mil.test.ts), and by arithmetic. */
import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { oddness, tileLocalisation } from "@tessera/analysis/explanations/tileLocalisation";
import type { MilModel } from "@tessera/domain/configuration/mil";
import { initEngine } from "@tessera/engine/backend";
import { keyedRandom } from "@tessera/models/augmentation/random";
import { TokenAttention } from "@tessera/models/layers/tokenAttention";
import { milModel } from "@tessera/models/mil/milModel";
import { tileReader } from "@tessera/models/mil/tileReader";
import type { Rows, TileValues } from "@tessera/models/mil/tileValues";
import { readWeights, writeWeights } from "@tessera/models/weights/named";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => initEngine({ threads: 1 }));

const [tiles, padded, features, classes] = [7, 10, 6, 3];
const sizes = { features, classes, encoder: [4], dropout: 0 } as const;
type Architecture = MilModel & { readonly exclusive: boolean };
const random = keyedRandom({ seed: 3, epoch: 0, index: 0 });
const bag = Float32Array.from({ length: tiles * features }, () => 4 * random() - 2);

/** Weights away from how they start, biases above all. */
function built(architecture: Architecture): tf.LayersModel {
  const model = milModel(architecture, 1);
  const weights = readWeights(model);
  writeWeights(
    model,
    new Map(
      [...weights].map(([name, { shape, data }]) => [
        name,
        { shape, data: data.map((value) => value + random() - 0.5) },
      ]),
    ),
  );
  return model;
}

const tensors = (from: number, to: number, length: number) => {
  const values = new Float32Array(length * features);
  values.set(bag.subarray(from * features, to * features));
  const mask = new Float32Array(length).fill(1, 0, to - from);
  return [tf.tensor3d(values, [1, length, features]), tf.tensor2d(mask, [1, length])] as const;
};

const rowsOf = (results: readonly tf.Tensor2D[]): Rows[] =>
  results.map((each) => ({ values: each.dataSync<"float32">(), width: each.shape[1] }));

/** Logits and what else the model gives of the bag, at its own length. */
const applied = (model: tf.LayersModel) =>
  (model.apply([...tensors(0, tiles, tiles)]) as tf.Tensor[]).map((each) => Array.from(each.dataSync<"float32">()));

const close = (got: ArrayLike<number>, expected: readonly number[], digits = 5) => {
  expect(got.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(got[i]).toBeCloseTo(value, digits);
};
const of = (maps: readonly TileValues[], kind: TileValues["kind"]) => maps.filter((each) => each.kind === kind);
const softmaxOf = (row: readonly number[]) => {
  const sum = row.reduce((all, each) => all + Math.exp(each), 0);
  return row.map((each) => Math.exp(each) / sum);
};

describe.each<[string, Architecture]>([
  ["attention", { family: "attentionMil", ...sizes, hidden: 5, attention: "plain", exclusive: true }],
  ["gated attention", { family: "attentionMil", ...sizes, hidden: 5, attention: "gated", exclusive: true }],
  ["dual streams", { family: "dualStreamMil", ...sizes, hidden: 5, exclusive: true }],
  ["instances, mean", { family: "instanceMil", ...sizes, pooling: "mean", exclusive: true }],
  ["instances, top 2, not exclusive", { family: "instanceMil", ...sizes, pooling: "topK", k: 2, exclusive: false }],
  ["embedding, max", { family: "embeddingMil", ...sizes, pooling: "max", exclusive: true }],
  ["tile label", { family: "tileLabelMil", ...sizes, exclusive: false }],
  ["transformer, exact", { family: "transformerMil", ...sizes, heads: 2, landmarks: null, exclusive: true }],
  ["transformer, 3 landmarks", { family: "transformerMil", ...sizes, heads: 2, landmarks: 3, exclusive: true }],
])("%s", (_, architecture) => {
  const setUp = () => {
    const model = built(architecture);
    const reader = tileReader(model, architecture);
    return { model, reader, maps: reader.maps(rowsOf(reader.read(...tensors(0, tiles, tiles))), tiles) };
  };

  it("gives the same maps whatever the bag is padded to, and in parts where it says so", () => {
    const { reader, maps } = setUp();
    const longer = reader.maps(rowsOf(reader.read(...tensors(0, tiles, padded))), tiles);
    for (const [i, { values }] of longer.entries()) close(values, Array.from(maps[i]!.values));
    if (!reader.inParts) return;
    const [first, second] = [reader.read(...tensors(0, 4, 4)), reader.read(...tensors(4, tiles, 4))].map(rowsOf);
    const joined = first!.map(({ values, width }, i) => ({
      values: Float32Array.from([...values, ...second![i]!.values]),
      width,
    }));
    for (const [i, { values }] of reader.maps(joined, tiles).entries()) close(values, Array.from(maps[i]!.values));
  });

  it("says of every kind of map either its values or why there is none", () => {
    const { reader, maps } = setUp();
    for (const kind of ["attention", "score"] as const)
      expect(reader.missing[kind] === null).toBe(of(maps, kind).length > 0);
    expect(reader.score === null).toBe(reader.missing.score !== null);
    for (const { values } of maps) expect(values).toHaveLength(tiles);
  });

  it("scores are what the head says of a tile alone, as log-odds; a contribution is a summand of the bag's logit", () => {
    const { model, reader, maps } = setUp();
    const scores = of(maps, "score");
    if (reader.score === null) return expect(architecture.family).toBe("transformerMil");
    expect(scores.map(({ classIndex }) => classIndex)).toEqual([0, 1, 2]);
    const [logits] = applied(model);
    if (reader.score === "contribution") {
      const bias = Array.from(readWeights(model).get("head/bias")!.data);
      const others = (row: readonly number[], index: number) =>
        (row.reduce((a, b) => a + b, 0) - row[index]!) / (classes - 1);
      for (const [index, { values }] of scores.entries()) {
        const sum = values.reduce((a, b) => a + b, 0);
        expect(sum + bias[index]! - others(bias, index)).toBeCloseTo(logits![index]! - others(logits!, index), 4);
      }
      return;
    }
    // A bag of this tile alone; of two streams the stream of the tile.
    for (let tile = 0; tile < tiles; tile++) {
      const alone = (model.apply([...tensors(tile, tile + 1, 2)]) as tf.Tensor[]).map((each) =>
        Array.from(each.dataSync<"float32">()),
      );
      const row = alone[architecture.family === "dualStreamMil" ? 2 : 0]!;
      const odds = architecture.exclusive ? softmaxOf(row).map((p) => Math.log(p / (1 - p))) : row;
      close(
        scores.map(({ values }) => values[tile]!),
        odds,
        4,
      );
    }
  });

  it("attention is the model's own", () => {
    const { model, maps } = setUp();
    const attention = of(maps, "attention");
    const [, told] = applied(model);
    if (architecture.family === "attentionMil") close(attention[0]!.values, told!);
    if (architecture.family === "dualStreamMil") {
      expect(attention.map(({ classIndex }) => classIndex)).toEqual([0, 1, 2]);
      close(
        attention.flatMap(({ values }) => Array.from(values)),
        told!,
      );
    }
    if (architecture.family === "transformerMil") expect(attention).toHaveLength(1);
  });
});

describe("the class token's weights", () => {
  it.each([null, 3])("are those by which its sum takes the tokens' values (landmarks %s)", (landmarks) => {
    const width = 4;
    const layer = new TokenAttention({ name: "a", heads: 1, landmarks, seed: 1, dropout: 0, source: undefined });
    const [bagTiles, side] = [7, 3]; // 9 cells: the first two tiles come twice
    const tokens = tf.randomNormal<tf.Rank.R3>([1, 1 + side ** 2, width], 0, 1, "float32", 5);
    const mask = tf.ones<tf.Rank.R2>([1, bagTiles]);
    layer.apply([tokens, mask]); // builds it
    const mixing = tf.randomNormal([width, 3 * width], 0, 1, "float32", 6);
    // No convolution along the row, and the output as it is: what is left is the sum.
    const set = new Map<string, tf.Tensor>([
      ["mixing/kernel", mixing],
      ["residual/kernel", tf.zeros([33, 1, 1, 1])],
      ["output/kernel", tf.eye(width)],
    ]);
    for (const weight of layer.weights) {
      const value = set.get(weight.originalName.replace(/^a\//, ""));
      if (value) weight.write(value);
    }
    const after = (layer.apply([tokens, mask]) as tf.Tensor3D).sub(tokens).arraySync() as number[][][];
    const weights = layer.classWeights(tokens, mask).arraySync()[0]![0]!;
    const kernel = mixing.arraySync() as number[][];
    const rows = tokens.arraySync()[0]!.map((row) => {
      const mean = row.reduce((a, b) => a + b, 0) / width;
      const variance = row.reduce((a, b) => a + (b - mean) ** 2, 0) / width;
      return row.map((value) => (value - mean) / Math.sqrt(variance + 1e-5));
    });
    const expected = Array.from({ length: width }, (_, out) =>
      rows.reduce((sum, row, token) => {
        const value = row.reduce((all, x, i) => all + x * kernel[i]![2 * width + out]!, 0);
        return sum + weights[token]! * value;
      }, 0),
    );
    close(after[0]![0]!, expected, 4);
    if (landmarks === null) expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
  });
});

interface Reference {
  readonly sizes: {
    readonly features: number;
    readonly width: number;
    readonly hidden: number;
    readonly classes: number;
  };
  readonly attention: Readonly<Record<string, { shape: number[]; data: number[] }>>;
  readonly streams: Reference["attention"];
  readonly bags: readonly {
    readonly tiles: number;
    readonly values: number[];
    readonly truth: number[];
    readonly attention: number[];
    readonly contribution: number[];
    readonly classAttention: number[];
    readonly odds: number[];
    readonly auc: Readonly<Record<"attention" | "contribution" | "classAttention" | "odds" | "oddness", number>>;
    readonly share: number;
    readonly hit: number;
  }[];
}

describe("attention, scores and their localisation are NumPy's and scikit-learn's", () => {
  const reference = JSON.parse(
    readFileSync(new URL("./fixtures/tileReader.json", import.meta.url), "utf8"),
  ) as Reference;
  const { features: wide, width, hidden, classes: three } = reference.sizes;
  const like = { features: wide, classes: three, encoder: [width], dropout: 0, hidden, exclusive: true } as const;

  function mapsOf(architecture: Architecture, weights: Reference["attention"]) {
    const model = milModel(architecture, 1);
    writeWeights(
      model,
      new Map(
        Object.entries(weights).map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data) }]),
      ),
    );
    const reader = tileReader(model, architecture);
    return ({ tiles: count, values }: Reference["bags"][number]) =>
      reader.maps(rowsOf(reader.read(tf.tensor3d(values, [1, count, wide]), tf.ones([1, count]))), count);
  }
  const flat = (maps: readonly TileValues[]) => maps.flatMap(({ values }) => Array.from(values));
  const ofClass = (maps: readonly TileValues[]) =>
    maps.find(({ classIndex }) => classIndex === 1 || classIndex === null)!;

  it.each(reference.bags)("a bag of $tiles tiles", (bag) => {
    const gated = mapsOf({ family: "attentionMil", attention: "gated", ...like }, reference.attention)(bag);
    const dual = mapsOf({ family: "dualStreamMil", ...like }, reference.streams)(bag);
    close(flat(of(gated, "attention")), bag.attention);
    close(flat(of(gated, "score")), bag.contribution);
    close(flat(of(dual, "attention")), bag.classAttention);
    close(flat(of(dual, "score")), bag.odds, 4);
    const located = (maps: readonly TileValues[], kind: TileValues["kind"]) =>
      tileLocalisation([
        {
          map: ofClass(of(maps, kind)).values,
          oddness: oddness(Float32Array.from(bag.values), bag.tiles),
          truth: Uint8Array.from(bag.truth),
        },
      ])!;
    const found = located(gated, "attention");
    expect(found.auc.mean).toBeCloseTo(bag.auc.attention, 10);
    expect(found.oddness.mean).toBeCloseTo(bag.auc.oddness, 10);
    expect(found.overOddness.mean).toBeCloseTo(bag.auc.attention - bag.auc.oddness, 10);
    expect([found.positiveShare.mean, found.topHit.mean]).toEqual([
      expect.closeTo(bag.share, 10),
      expect.closeTo(bag.hit, 10),
    ]);
    expect(located(gated, "score").auc.mean).toBeCloseTo(bag.auc.contribution, 10);
    expect(located(dual, "attention").auc.mean).toBeCloseTo(bag.auc.classAttention, 10);
    expect(located(dual, "score").auc.mean).toBeCloseTo(bag.auc.odds, 10);
  });

  it("a bag whose known tiles are all of the class, or all without it, says nothing", () => {
    const map = Float32Array.of(3, 2, 1);
    const truths = [
      [1, 1, 2],
      [0, 0, 2],
      [2, 2, 2],
    ].map((truth) => Uint8Array.from(truth));
    expect(tileLocalisation(truths.map((truth) => ({ map, oddness: map, truth })))).toBeNull();
    const tied = {
      map: Float32Array.of(1, 1, 0, 0),
      oddness: Float32Array.of(0, 0, 0, 1),
      truth: Uint8Array.of(1, 0, 0, 2),
    };
    expect(tileLocalisation([tied])).toMatchObject({ items: 1, topHit: { mean: 0.5 }, positiveShare: { mean: 1 / 3 } });
  });
});
