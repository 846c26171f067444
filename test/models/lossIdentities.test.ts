/** @file What must hold of the losses whatever the masks, at every threshold of float32: identities and limits. */
import * as tf from "@tensorflow/tfjs";
import { completeLoss, type LossConfiguration, segmentationLosses } from "@tessera/domain/configuration/loss";
import { initEngine } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import { hasBfloat16 } from "@tessera/engine/precision";
import { lossFor } from "@tessera/models/losses/byName";
import { crossEntropyLoss } from "@tessera/models/losses/crossEntropy";
import { focalLoss } from "@tessera/models/losses/focal";
import { focalTverskyLoss } from "@tessera/models/losses/focalTversky";
import { generalizedDiceLoss } from "@tessera/models/losses/generalizedDice";
import { pixelWeightsFor } from "@tessera/models/losses/pixelWeights";
import { softDiceLoss } from "@tessera/models/losses/softDice";
import { tverskyLoss } from "@tessera/models/losses/tversky";
import { weightedCrossEntropyLoss } from "@tessera/models/losses/weightedCrossEntropy";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => initEngine({ threads: 1 }));

const side = 4;
const pixels = side * side;
const images = (items: number[][]) => tf.tensor(items.flat(), [items.length, side, side, 1]);
const value = (loss: tf.Tensor): number => loss.dataSync()[0]!;
const onePixel = Array.from({ length: pixels }, (_, i) => (i === 5 ? 1 : 0));
const block = Array.from({ length: pixels }, (_, i) => (i % side < 2 && i < 8 ? 1 : 0));
const empty = Array<number>(pixels).fill(0);
const full = Array<number>(pixels).fill(1);

/** The loss of a configuration as training calls it: with the weights that it takes. */
function lossOf(name: (typeof segmentationLosses)[number], more: object = {}) {
  const configured = { ...completeLoss(name), ...more } as LossConfiguration;
  const [loss, weigh] = [lossFor(configured), pixelWeightsFor(configured)];
  return (logits: tf.Tensor, masks: number[][]) => {
    if (weigh === null) return loss(logits, images(masks));
    const weights = masks.map((mask) => {
      const into = new Float32Array(pixels);
      weigh(mask, side, side, into);
      return [...into];
    });
    return loss(logits, images(masks), images(weights));
  };
}
const saturated = (masks: number[][], by = 40) => images(masks.map((mask) => mask.map((g) => by * (2 * g - 1))));

const mask = fc.array(fc.constantFrom(0, 1), { minLength: pixels, maxLength: pixels });
const probabilities = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: pixels, maxLength: pixels });
const logits = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: pixels, maxLength: pixels });
const runs = { numRuns: 60, seed: 6 };

describe("identities", () => {
  const half = { alpha: 0.5, beta: 0.5 };

  it.each([true, false])("Tversky of 0.5 and 0.5 is soft Dice, absent counted: %s", (countAbsent) => {
    const same = fc.property(probabilities, mask, mask, (p, g, h) => {
      const [x, y] = [images([p, p]), images([g, h])];
      const [tversky, dice] = [tverskyLoss(x, y, { ...half, countAbsent }), softDiceLoss(x, y, { countAbsent })];
      expect(value(tversky)).toBeCloseTo(value(dice), 5);
    });
    fc.assert(same, runs);
  });

  it("focal Tversky of gamma 1 is Tversky", () => {
    const same = fc.property(probabilities, mask, (p, g) => {
      const [x, y] = [images([p]), images([g])];
      expect(value(focalTverskyLoss(x, y, { gamma: 1 }))).toBeCloseTo(value(tverskyLoss(x, y)), 6);
    });
    fc.assert(same, runs);
  });

  it("focal of gamma 0 and alpha 0.5 is half of cross entropy", () => {
    const same = fc.property(logits, mask, (z, g) => {
      const [x, y] = [images([z]), images([g])];
      const [focal, entropy] = [value(focalLoss(x, y, { gamma: 0, alpha: 0.5 })), value(crossEntropyLoss(x, y))];
      expect(focal).toBeCloseTo(entropy / 2, 5);
    });
    fc.assert(same, runs);
  });

  it("generalised Dice of one class, without background, is soft Dice", () => {
    const same = fc.property(probabilities, mask, mask, (p, g, h) => {
      const [x, y] = [images([p, p]), images([g, h])];
      const general = generalizedDiceLoss(x, y, { background: false });
      expect(value(general)).toBeCloseTo(value(softDiceLoss(x, y)), 5);
    });
    fc.assert(same, runs);
  });

  it("generalised Dice does not ask which of two classes is called the background", () => {
    const same = fc.property(probabilities, mask, (p, g) => {
      const turned = (values: number[]) => images([values.map((each) => 1 - each)]);
      const [one, other] = [generalizedDiceLoss(images([p]), images([g])), generalizedDiceLoss(turned(p), turned(g))];
      expect(value(one)).toBeCloseTo(value(other), 5);
    });
    fc.assert(same, runs);
  });

  it("cross entropy of equal weights is that many times cross entropy; boundary weight 0 is plain", () => {
    const same = fc.property(logits, mask, (z, g) => {
      const [x, y] = [images([z]), images([g])];
      const entropy = value(crossEntropyLoss(x, y));
      expect(value(weightedCrossEntropyLoss(x, y, tf.fill(y.shape, 3)))).toBeCloseTo(3 * entropy, 4);
      expect(value(lossOf("boundaryCrossEntropy", { weight: 0 })(x, [g]))).toBeCloseTo(entropy, 5);
    });
    fc.assert(same, runs);
  });
});

describe.each(segmentationLosses)("%s", (name) => {
  const loss = lossOf(name);

  it("is 0 at perfect, and the worst of all where everything is wrong", () => {
    for (const truth of [onePixel, block, full]) {
      expect(value(loss(saturated([truth]), [truth]))).toBeCloseTo(0, 4);
      const wrong = value(loss(saturated([truth], -40), [truth]));
      expect(wrong).toBeGreaterThan(0.9);
    }
  });

  it("falls when one more pixel becomes right", () => {
    const from = block.map((g, i) => (i === 0 || i === 15 ? 1 - g : g)); // one missed, one false
    const of = (predicted: number[]) => value(loss(saturated([predicted], 5), [block]));
    const [missed, found] = [of(from), of(from.with(0, 1))];
    expect(found).toBeLessThan(missed);
    expect(of(from.with(15, 0))).toBeLessThan(missed);
  });

  it("is finite, and so is its gradient, on empty and full masks and saturated logits, eager and compiled", () => {
    const step = (masks: number[][]) =>
      compile((z: tf.Tensor) => tf.tidy(() => tf.valueAndGrad((x: tf.Tensor) => loss(x, masks))(z)));
    for (const masks of [[empty], [full], [onePixel], [empty, block]]) {
      const compiled = step(masks);
      for (const z of [0, 1e-3, 40, -40, 1e4, -1e4]) {
        const given = tf.fill([masks.length, side, side, 1], z);
        compiled(given);
        const results = [tf.valueAndGrad((x: tf.Tensor) => loss(x, masks))(given), compiled(given)];
        for (const { value: at, grad } of results) {
          expect([...at.dataSync(), ...grad.dataSync()].filter((each) => !Number.isFinite(each))).toEqual([]);
        }
      }
      for (const perfect of [saturated(masks), saturated(masks, 1e4)]) {
        const { value: at, grad } = tf.valueAndGrad((x: tf.Tensor) => loss(x, masks))(perfect);
        expect([...at.dataSync(), ...grad.dataSync()].filter((each) => !Number.isFinite(each))).toEqual([]);
      }
      compiled.dispose();
    }
  });

  it("has the gradient that central differences give", () => {
    const truths = [block, onePixel];
    const wave = (at: number) => Math.sin(at) * 2 + 0.1 * Math.sign(Math.sin(at)); // no step across the kink of a surest class
    const z = truths.map((truth, item) => truth.map((_, i) => wave(3 * i + item)));
    const at = (item: number, i: number, by: number) =>
      value(loss(images(z.map((each, j) => (j === item ? each.with(i, each[i]! + by) : each))), truths));
    const gradient = tf
      .grad((x: tf.Tensor) => loss(x, truths))(images(z))
      .dataSync();
    const step = 0.05;
    const differences = z.flatMap((each, item) =>
      each.map((_, i) => (at(item, i, step) - at(item, i, -step)) / (2 * step)),
    );
    const scale = Math.max(...differences.map(Math.abs));
    differences.forEach((expected, i) => {
      expect(Math.abs(gradient[i]! - expected) / scale).toBeLessThan(5e-3);
    });
  });

  it("leaves no tensor behind but its result", () => {
    const [z, truth, weights] = [saturated([block]), images([block]), images([full])];
    const before = tf.memory().numTensors;
    lossFor(name)(z, truth, weights).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it.skipIf(!hasBfloat16())("is computed in float32 behind a convolution in bfloat16", () => {
    const kernel = tf.randomNormal([3, 3, 1, 1], 0, 1, "float32", 3) as tf.Tensor4D;
    const input = tf.randomNormal([1, side, side, 1], 0, 1, "float32", 4) as tf.Tensor4D;
    const [exact, mixed] = (["float32", "bfloat16"] as const).map((precision) => {
      const step = compile(
        (x: tf.Tensor4D) => {
          const cost = (k: tf.Tensor) => loss(tf.conv2d(x, k as tf.Tensor4D, 1, "same"), [block]);
          return tf.tidy(() => tf.valueAndGrad(cost)(kernel));
        },
        { precision },
      );
      step(input);
      const { value: at, grad } = step(input);
      return { loss: value(at), gradient: [...grad.dataSync()] };
    });
    const lowerBits = new Uint32Array(Float32Array.of(mixed!.loss).buffer)[0]! & 0xffff; // a bfloat16 has none
    expect(lowerBits).not.toBe(0);
    expect(mixed!.loss).not.toBe(exact!.loss);
    expect(Math.abs(mixed!.loss / exact!.loss - 1)).toBeLessThan(0.01);
    const scale = Math.max(...exact!.gradient.map(Math.abs));
    mixed!.gradient.forEach((each, i) => {
      expect(Math.abs(each - exact!.gradient[i]!) / scale).toBeLessThan(0.03);
    });
  });
});

it.each(["softDice", "tversky", "focalTversky"] as const)(
  "%s: epsilon does not reward an empty prediction: a one-pixel region that is missed costs 1",
  (name) => {
    expect(value(lossOf(name)(saturated([empty]), [onePixel]))).toBeCloseTo(1, 4);
  },
);

it("generalised Dice of a missed one-pixel region costs 1 but for the background's share, 2 / n", () => {
  const background = 2 / (pixels - 1); // w = 1 / (n - 1)^2 times 2 (n - 1)
  const expected = 1 - background / (1 + (2 * pixels - 1) / (pixels - 1) ** 2);
  expect(value(lossOf("generalizedDice")(saturated([empty]), [onePixel]))).toBeCloseTo(expected, 4);
});

it("an item without truth costs soft Dice and Tversky nothing, or all where that is asked for", () => {
  for (const name of ["softDice", "tversky", "focalTversky"] as const) {
    expect(value(lossOf(name)(saturated([block]), [empty]))).toBe(0);
    expect(value(lossOf(name, { countAbsent: true })(saturated([block]), [empty]))).toBeCloseTo(1, 4);
    expect(value(lossOf(name, { countAbsent: true })(saturated([empty]), [empty]))).toBeCloseTo(0, 4);
  }
});

it("Tversky's alpha weighs false positives and beta missed pixels", () => {
  const of = (p: number[], alpha: number, beta: number) =>
    value(tverskyLoss(images([p]), images([block]), { alpha, beta }));
  const [missed, wrong] = [block.with(0, 0), block.with(15, 1)]; // one of 4 pixels
  expect(of(missed, 0.3, 0.7)).toBeCloseTo(1 - 3 / (3 + 0.7), 5);
  expect(of(wrong, 0.3, 0.7)).toBeCloseTo(1 - 4 / (4 + 0.3), 5);
});

describe("what is refused", () => {
  it("says what came", () => {
    const [one, three] = [tf.zeros([1, 2, 2, 1]), tf.zeros([1, 2, 2, 3])];
    for (const loss of [tverskyLoss, focalTverskyLoss, generalizedDiceLoss, focalLoss])
      expect(() => loss(one, three)).toThrow("[1,2,2,1] and [1,2,2,3]");
    for (const loss of [tverskyLoss, focalTverskyLoss, generalizedDiceLoss])
      expect(() => loss(one, one, { epsilon: 0 })).toThrow("epsilon must be > 0");
    expect(() => weightedCrossEntropyLoss(one, one, three)).toThrow("[1,2,2,1], [1,2,2,1] and [1,2,2,3]");
    expect(() => focalLoss(one, one, { gamma: -1 })).toThrow("gamma must be >= 0, got -1");
    expect(() => focalTverskyLoss(one, one, { gamma: 0 })).toThrow("gamma must be > 0, got 0");
    expect(() => lossFor("boundaryCrossEntropy")(one, one)).toThrow("expected a weight for every pixel");
  });
});
