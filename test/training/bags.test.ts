import * as tf from "@tensorflow/tfjs";
import { type AttentionMilModel, attentionMilDefaults } from "@tessera/domain/configuration/mil";
import { initEngine } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import { Adam } from "@tessera/engine/optimizers/adam";
import { softmaxCrossEntropyLoss } from "@tessera/models/losses/softmaxCrossEntropy";
import { attentionMil } from "@tessera/models/mil/attention";
import { trainableVariables } from "@tessera/models/weights/named";
import { type Bag, bucketLengths, bucketOf, type PaddedBags, padBags } from "@tessera/training/bags";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => initEngine({ threads: 1 }));

const width = 4;
const architecture: AttentionMilModel = { ...attentionMilDefaults, features: width, encoder: [5], hidden: 3 };

function bag(tiles: number, seed = tiles): Bag {
  const features = tf.tidy(() => tf.randomNormal([tiles, width], 0, 1, "float32", seed).dataSync<"float32">().slice());
  return { tiles, features };
}
const tensors = ({ bags, length, features, mask }: PaddedBags) =>
  [tf.tensor3d(features, [bags, length, width]), tf.tensor2d(mask, [bags, length])] as const;

describe("bucketLengths", () => {
  it("reaches 20,000 tiles in 18 lengths, and pads by less than its growth", () => {
    const lengths = bucketLengths({ largest: 20_000 });
    expect(lengths).toHaveLength(18);
    expect([lengths[0], lengths[2], lengths.at(-1)]).toEqual([64, 128, 20_000]);
    for (let tiles = 1; tiles <= 20_000; tiles++) {
      const padded = bucketOf(tiles, lengths);
      if (padded < tiles || (tiles > 64 && padded >= Math.SQRT2 * tiles))
        expect.fail(`${tiles} tiles padded to ${padded}`);
    }
  });

  it.each([
    { options: { largest: 10 }, expected: [10] },
    { options: { largest: 64 }, expected: [64] },
    { options: { largest: 65 }, expected: [64, 65] },
    { options: { largest: 9, smallest: 2, growth: 2 }, expected: [2, 4, 8, 9] },
    { options: { largest: 5, smallest: 1, growth: 1.1 }, expected: [1, 2, 3, 4, 5] },
  ])("gives $expected for $options", ({ options, expected }) => {
    expect(bucketLengths(options)).toEqual(expected);
  });

  it.each([
    [{ largest: 0 }, "largest, got 0"],
    [{ largest: 9, smallest: 2.5 }, "smallest, got 2.5"],
    [{ largest: 9, growth: 1 }, "growth of at least 1.05, got 1"],
    [{ largest: 9, growth: Number.NaN }, "got NaN"],
  ])("refuses %j", (options, words) => {
    expect(() => bucketLengths(options)).toThrow(words);
  });
});

describe("padBags", () => {
  it("pads all bags to what the longest needs, with zeros", () => {
    const [short, long] = [bag(2), bag(3)];
    const padded = padBags([short, long], width, [4, 8]);
    expect(padded).toMatchObject({ bags: 2, length: 4 });
    expect([...padded.mask]).toEqual([1, 1, 0, 0, 1, 1, 1, 0]);
    expect([...padded.features]).toEqual([
      ...short.features,
      ...new Array<number>(2 * width).fill(0),
      ...long.features,
      ...new Array<number>(width).fill(0),
    ]);
  });

  it.each<[string, () => unknown]>([
    ["at least one tile, got 0", () => padBags([{ tiles: 0, features: new Float32Array(0) }], width, [4])],
    ["5 tiles is longer than the longest length, 4", () => padBags([bag(5)], width, [4])],
    ["at least one bag", () => padBags([], width, [4])],
    ["2 tiles of 3 features = 6 numbers, got 8", () => padBags([bag(2)], 3, [4])],
  ])("refuses: %s", (words, body) => {
    expect(body).toThrow(words);
  });
});

describe("a padded bag", () => {
  it.each(["plain", "gated"] as const)(
    "gives the logits, gradients and attention of the unpadded one (%s)",
    (attention) => {
      const model = attentionMil({ ...architecture, attention }, 1);
      const variables = trainableVariables(model);
      const truth = tf.tensor1d([1], "int32");
      const compute = compile((x: tf.Tensor, mask: tf.Tensor) => {
        let outputs: tf.Tensor[] = [];
        const { grads } = tf.variableGrads(() => {
          outputs = (model.apply([x, mask], { training: true }) as tf.Tensor[]).map((output) => tf.keep(output));
          return softmaxCrossEntropyLoss(outputs[0]!, truth);
        }, variables);
        return { logits: outputs[0]!, attention: outputs[1]!, gradients: variables.map(({ name }) => grads[name]!) };
      });
      const of = (lengths: number[]) => {
        const [x, mask] = tensors(padBags([bag(70)], width, lengths));
        compute(x, mask);
        const { logits, attention, gradients } = compute(x, mask);
        return {
          logits: logits.dataSync(),
          attention: attention.dataSync(),
          gradients: gradients.map((g) => g.dataSync()),
        };
      };
      const [exact, padded] = [of([70]), of([91])];
      const close = (got: ArrayLike<number>, expected: ArrayLike<number>) =>
        Array.from(expected).forEach((value, i) => {
          expect(Math.abs(got[i]! - value)).toBeLessThan(1e-6);
        });
      close(padded.logits, exact.logits);
      close(padded.attention, exact.attention);
      for (const [i, gradient] of exact.gradients.entries()) close(padded.gradients[i]!, gradient);
      expect([...padded.attention.slice(70)]).toEqual(new Array(21).fill(0));
    },
  );
});

describe("a training over bags of 1 to 20,000 tiles", () => {
  it("records its step once per length, and not again in the next epoch", () => {
    const lengths = bucketLengths({ largest: 20_000 });
    const bags = [...lengths, 1, 7, 63, 65, 90, 200, 1000, 3000, 10_000].map((tiles) => bag(tiles));
    const model = attentionMil(architecture, 1);
    const variables = trainableVariables(model);
    const optimizer = new Adam({ learningRate: 0.01 });
    const step = compile(
      (x: tf.Tensor, mask: tf.Tensor, truth: tf.Tensor) =>
        tf.tidy(() => {
          const cost = () =>
            softmaxCrossEntropyLoss((model.apply([x, mask], { training: true }) as tf.Tensor[])[0]!, truth);
          return optimizer.minimize(cost, true, variables)!;
        }),
      { maxTraces: lengths.length },
    );
    const epoch = () =>
      bags.map((each, i) => {
        const [x, mask] = tensors(padBags([each], width, lengths));
        const truth = tf.tensor1d([i % 2], "int32");
        const loss = step(x, mask, truth);
        const value = loss.dataSync()[0]!;
        tf.dispose([x, mask, truth, loss]);
        return value;
      });
    const losses = epoch();
    expect(step.stats.traces).toBe(lengths.length);
    losses.push(...epoch());
    expect(step.stats.traces).toBe(lengths.length);
    expect(losses.every(Number.isFinite)).toBe(true);
    step.dispose();
  });
});
