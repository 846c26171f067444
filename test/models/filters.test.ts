/** The numbers of filters against NumPy's, and which layers they are read at. */
import { initEngine } from "@tessera/engine/backend";
import { cbr } from "@tessera/models/classification/cbr";
import { mobilenet } from "@tessera/models/classification/mobilenet";
import { resnet } from "@tessera/models/classification/resnet";
import { activatedLayers, depthsOf } from "@tessera/models/filters/activatedLayers";
import { filterDistances, spreadOf } from "@tessera/models/filters/distance";
import { type FilterResponse, filterMap, filterResponses, responseChanges } from "@tessera/models/filters/responses";
import { filterSpectra, frequencies, highShareOfNoise } from "@tessera/models/filters/spectrum";
import { unet } from "@tessera/models/segmentation/unet";
import { type NamedWeight, weightVariables } from "@tessera/models/weights/named";
import { beforeAll, describe, expect, it } from "vitest";
import { readFixture } from "./support/torchCase.ts";

interface Packed {
  readonly shape: number[];
  readonly values: number[];
}
interface Fixture {
  readonly kernel: { start: Packed; end: Packed; power: number[][]; highShare: number[]; distances: number[] };
  readonly depthwise: { start: Packed; end: Packed; distances: number[] };
  readonly quantiles: number[];
  readonly before: Packed[];
  readonly after: Packed[];
  readonly change: number[];
  readonly responses: FilterResponse[][];
  readonly map: number[];
}
const fixture = readFixture<Fixture>("filters.json");
const weight = ({ shape, values }: Packed): NamedWeight => ({ shape, data: Float32Array.from(values) });
const close = (got: readonly (number | null)[], wanted: readonly number[], what = "") => {
  expect(got, what).toHaveLength(wanted.length);
  for (const [i, value] of wanted.entries()) expect(got[i], `${what} ${i}`).toBeCloseTo(value, 9);
};

describe("spectra", () => {
  it("are NumPy's, averaged around the origin", () => {
    const spectra = filterSpectra(weight(fixture.kernel.start));
    expect(spectra).toHaveLength(4);
    for (const [filter, { power, highShare }] of spectra.entries()) {
      expect(power).toHaveLength(frequencies.length);
      close(power, fixture.kernel.power[filter]!, "power");
      expect(highShare).toBeCloseTo(fixture.kernel.highShare[filter]!, 9);
    }
  });

  it("tell a smooth kernel from a checkerboard, and noise has what the plane has", () => {
    const kernel = (of: (y: number, x: number) => number): NamedWeight => ({
      shape: [7, 7, 1, 1],
      data: Float32Array.from({ length: 49 }, (_, i) => of(Math.floor(i / 7), i % 7)),
    });
    const share = (of: (y: number, x: number) => number) => filterSpectra(kernel(of))[0]!.highShare!;
    expect(share(() => 1)).toBeLessThan(0.1);
    expect(share((y, x) => (-1) ** (x + y))).toBeGreaterThan(0.9);
    expect(share((y, x) => (y === 3 && x === 3 ? 1 : 0))).toBeCloseTo(highShareOfNoise, 9);
    expect(highShareOfNoise).toBeCloseTo(1 - Math.PI / 16, 1);
    expect(filterSpectra(kernel(() => 0))[0]!.highShare).toBeNull();
  });
});

describe("distances", () => {
  it("are relative to each filter's start, of full and of depthwise kernels", () => {
    close(filterDistances(weight(fixture.kernel.start), weight(fixture.kernel.end)), fixture.kernel.distances);
    const found = filterDistances(weight(fixture.depthwise.start), weight(fixture.depthwise.end));
    close(found, fixture.depthwise.distances);
    const { low, quarter, middle, threeQuarters, high } = spreadOf([...found, null])!;
    close([low, quarter, middle, threeQuarters, high], fixture.quantiles);
  });

  it("are undefined of a filter that was all 0, and there is no spread of none", () => {
    const zero = { shape: [1, 1, 1, 2], data: Float32Array.of(0, 1) };
    expect(filterDistances(zero, { shape: zero.shape, data: Float32Array.of(1, 1) })).toEqual([null, 0]);
    expect(spreadOf([null])).toBeNull();
  });
});

describe("responses", () => {
  const [before, after] = [fixture.before, fixture.after].map((images) => images.map((each) => weight(each).data));

  it("have NumPy's mean, share above 0 and limits", () => {
    for (const [image, values] of before!.entries()) {
      for (const [filter, got] of filterResponses(values, 3).entries()) {
        const wanted = fixture.responses[image]![filter]!;
        for (const key of ["mean", "active", "low", "high"] as const) expect(got[key]).toBeCloseTo(wanted[key], 6);
      }
    }
  });

  it("change in units of the layer's own answers before", () => {
    close(responseChanges(before!, after!, 3), fixture.change);
    const silent = before!.map((each) => each.map(() => 0));
    expect(responseChanges(silent, silent, 3)).toEqual([0, 0, 0]);
    const awake = responseChanges(silent, after!, 3);
    expect(Math.hypot(...awake) / Math.sqrt(3)).toBeCloseTo(1, 6); // in units of the answers after
  });

  it("become pictures that are averaged down to a side, or kept", () => {
    close(
      [...filterMap(before![0]!, 3, 1, 3)],
      fixture.map.map((value) => Math.fround(value)),
    );
    expect([...filterMap(before![0]!, 3, 1, 64)]).toEqual([...before![0]!.filter((_, i) => i % 3 === 1)]);
    expect(
      filterMap(
        Float32Array.from({ length: 25 }, () => 2),
        1,
        0,
        2,
      ),
    ).toEqual(Float32Array.of(2, 2, 2, 2));
  });
});

describe("activated layers", () => {
  beforeAll(() => initEngine({ threads: 1 }));
  const skips = [true, true];
  const plain = { family: "unet", size: 16, depth: 2, baseFilters: 2, skips } as const;

  it.each([
    [
      "a ResNet",
      () => resnet({ family: "resnet", size: 16, baseFilters: 2, blocks: [1, 1], stem: "3x3", classes: 2 }, 1),
      ["stem", "stage1/block0", "stage2/block0"],
      ["stem/conv/kernel", "stage1/block0/conv2/kernel", "stage2/block0/conv2/kernel"],
    ],
    [
      "a CBR",
      () => cbr({ family: "cbr", size: 16, net: "tiny", classes: 2 }, 1),
      ["block0", "block1", "block2", "block3"],
      ["block0/conv/kernel", "block1/conv/kernel", "block2/conv/kernel", "block3/conv/kernel"],
    ],
    [
      "a U-Net",
      () => unet({ ...plain, normalization: "batch" }, 1),
      ["encoder/level0", "encoder/level1", "encoder/level2", "decoder/level1", "decoder/level0"],
      [
        "encoder/level0/conv2/kernel",
        "encoder/level1/conv2/kernel",
        "encoder/level2/conv2/kernel",
        "decoder/level1/conv2/kernel",
        "decoder/level0/conv2/kernel",
      ],
    ],
    [
      "a U-Net without normalisation",
      () => unet({ ...plain, normalization: "none" }, 1),
      ["encoder/level0", "encoder/level1", "encoder/level2", "decoder/level1", "decoder/level0"],
      [
        "encoder/level0/conv2/kernel",
        "encoder/level1/conv2/kernel",
        "encoder/level2/conv2/kernel",
        "decoder/level1/conv2/kernel",
        "decoder/level0/conv2/kernel",
      ],
    ],
  ] as const)("of %s are one a block, each with the kernel that makes it", (_, build, blocks, kernels) => {
    const model = build();
    const depths = depthsOf(activatedLayers(model));
    expect(depths.map(({ block }) => block)).toEqual(blocks);
    expect(depths.map(({ kernel }) => kernel)).toEqual(kernels);
    const variables = weightVariables(model);
    for (const { kernel, output } of depths) expect(variables.get(kernel)!.shape.at(-1)).toBe(output.shape.at(-1));
  });

  it("of MobileNets are all but the linear ones: of V2 the wide depthwise ones", () => {
    const layers = activatedLayers(mobilenet({ family: "mobilenetV2", size: 32, alpha: 0.35, classes: 2 }, 1));
    expect(layers).toHaveLength(1 + 1 + 16 * 2 + 1); // stem, block0's depthwise, expand and depthwise of each, last
    expect(
      depthsOf(layers)
        .map(({ layer }) => layer)
        .slice(0, 3),
    ).toEqual(["stem/conv/relu", "block0/depthwise/relu", "block1/depthwise/relu"]);
    expect(layers.find(({ layer }) => layer === "block1/depthwise/relu")?.kernel).toBe("block1/depthwise/kernel");
    const first = depthsOf(activatedLayers(mobilenet({ family: "mobilenetV1", size: 32, alpha: 0.25, classes: 2 }, 1)));
    expect(first.map(({ layer }) => layer).slice(0, 2)).toEqual(["stem/conv/relu", "block1/pointwise/relu"]);
  });
});
