/** @file Losses against MONAI and PyTorch, weights of pixels against SciPy: fixtures/make_losses.py. */
import { initEngine } from "@tessera/engine/backend";
import { boundaryWeights } from "@tessera/models/losses/boundaryWeights";
import { focalLoss } from "@tessera/models/losses/focal";
import { focalTverskyLoss } from "@tessera/models/losses/focalTversky";
import { generalizedDiceLoss } from "@tessera/models/losses/generalizedDice";
import { softDiceCrossEntropyLoss } from "@tessera/models/losses/softDiceCrossEntropy";
import { tverskyLoss } from "@tessera/models/losses/tversky";
import { unetWeights } from "@tessera/models/losses/unetWeights";
import { weightedCrossEntropyLoss } from "@tessera/models/losses/weightedCrossEntropy";
import { beforeAll, describe, expect, it } from "vitest";
import { expectAsTorch, readFixture, type Subject, type Tensors, type TorchCase } from "./support/torchCase.ts";

interface WeightMap {
  readonly width: number;
  readonly height: number;
  readonly mask: string;
  readonly unet: { readonly w0: number; readonly sigma: number; readonly weights: number[] };
  readonly boundary: { readonly weight: number; readonly sigma: number; readonly weights: number[] };
}

const { cases, weightMaps } = readFixture<{ cases: Record<string, TorchCase>; weightMaps: WeightMap[] }>("losses.json");

beforeAll(() => initEngine({ threads: 1 }));

const of = (loss: (inputs: Tensors) => ReturnType<typeof focalLoss>): Subject => ({
  forward: (inputs) => [loss(inputs)],
});

const subjects: Readonly<Record<string, Subject>> = {
  Tversky: of(({ p, g }) => tverskyLoss(p!, g!)),
  "Tversky, absent counted": of(({ p, g }) => tverskyLoss(p!, g!, { countAbsent: true })),
  "Tversky, 0.8 and 0.4": of(({ p, g }) => tverskyLoss(p!, g!, { alpha: 0.8, beta: 0.4 })),
  "focal Tversky": of(({ p, g }) => focalTverskyLoss(p!, g!)),
  "focal Tversky, gamma 2": of(({ p, g }) => focalTverskyLoss(p!, g!, { gamma: 2 })),
  focal: of(({ z, g }) => focalLoss(z!, g!)),
  "focal, gamma 0.5 and alpha 0.6": of(({ z, g }) => focalLoss(z!, g!, { gamma: 0.5, alpha: 0.6 })),
  "generalised Dice": of(({ p, g }) => generalizedDiceLoss(p!, g!)),
  "generalised Dice, without background": of(({ p, g }) => generalizedDiceLoss(p!, g!, { background: false })),
  "generalised Dice, one class": of(({ p, g }) => generalizedDiceLoss(p!, g!)),
  "weighted cross entropy": of(({ z, g, w }) => weightedCrossEntropyLoss(z!, g!, w!)),
  "soft Dice and cross entropy, absent counted": of(({ z, g }) =>
    softDiceCrossEntropyLoss(z!, g!, { countAbsent: true }),
  ),
};

describe("values and gradients are those of MONAI and PyTorch in float64", () => {
  it("for every case of the fixture", () => {
    expect(Object.keys(subjects).sort()).toEqual(Object.keys(cases).sort());
  });

  for (const [name, expected] of Object.entries(cases)) {
    it.each([
      { how: "eager", compiled: false },
      { how: "compiled", compiled: true },
    ])(`${name}, $how`, ({ compiled }) => expectAsTorch(expected, subjects[name]!, compiled));
  }
});

describe("weights of pixels are those of SciPy", () => {
  it.each(weightMaps)("$width x $height, $mask", ({ width, height, mask, unet, boundary }) => {
    const given = Uint8Array.from(mask, Number);
    const into = new Float32Array(given.length);
    for (const [weigh, expected] of [
      [() => unetWeights(given, width, height, into, unet), unet.weights],
      [() => boundaryWeights(given, width, height, into, boundary), boundary.weights],
    ] as const) {
      into.fill(Number.NaN);
      weigh();
      expect(Math.max(...into.map((weight, i) => Math.abs(weight / expected[i]! - 1)))).toBeLessThan(1e-6);
    }
  });
});

describe("the U-Net's weights", () => {
  it("are w0 more, but for the width of the gap, between two pieces, and nothing more beside one", () => {
    const [width, height] = [9, 3];
    const weights = (row: number[]) => {
      const into = new Float32Array(width * height);
      unetWeights(Array.from({ length: height }, () => row).flat(), width, height, into, { w0: 10, sigma: 5 });
      return [...into.subarray(width, 2 * width)];
    };
    const two = weights([1, 1, 1, 1, 0, 1, 1, 1, 1]);
    expect(two[4]).toBeCloseTo(9 / 2 + 10 * Math.exp(-(2 ** 2) / (2 * 5 ** 2)), 5); // one pixel to either
    expect(two[3]).toBeCloseTo(9 / (2 * 8), 5);
    const one = weights([1, 1, 1, 0, 0, 0, 0, 0, 0]);
    expect(one).toEqual([...Array(3).fill(9 / 6), ...Array(6).fill(9 / 12)]);
    for (const same of [0, 1]) expect(weights(Array(9).fill(same))).toEqual(Array(9).fill(1));
  });
});
