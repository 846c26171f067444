import { readFileSync } from "node:fs";
import { initEngine } from "@tessera/engine/backend";
import { classifier } from "@tessera/models/classification/classifier";
import { readWeights, writeWeights } from "@tessera/models/weights/named";
import { type Explainer, openExplainer } from "@tessera/training/explanations/explainer";
import { beforeAll, describe, expect, it } from "vitest";

interface Fixture {
  readonly weights: Readonly<Record<string, { readonly shape: number[]; readonly values: number[] }>>;
  readonly image: number[];
  readonly maps: readonly {
    readonly gradCam: number[];
    readonly integratedGradients: number[];
    readonly difference: number;
    readonly occlusion: number[];
  }[];
}
const file = new URL("../models/fixtures/explanations.json", import.meta.url);
const fixture = JSON.parse(readFileSync(file, "utf8")) as Fixture;
const image = Float32Array.from(fixture.image);

describe("heat maps as PyTorch computes them", () => {
  const model = () =>
    classifier({ family: "resnet", size: 16, classes: 3, baseFilters: 2, blocks: [1, 1], stem: "3x3" }, 1);
  let explainer: Explainer;
  let network: ReturnType<typeof model>;
  beforeAll(async () => {
    await initEngine({ threads: 1 });
    network = model();
    explainer = openExplainer(network, {
      baseline: "mean",
      integration: { steps: 64, most: 64 },
      squares: { patch: 4, stride: 2 },
    });
    const weights = Object.entries(fixture.weights);
    writeWeights(
      network,
      new Map(weights.map(([name, { shape, values }]) => [name, { shape, data: Float32Array.from(values) }])),
    );
  });

  it.each(["gradCam", "integratedGradients", "occlusion"] as const)("%s, for every class", async (method) => {
    for (const [classIndex, torch] of fixture.maps.entries()) {
      const { values, integration } = await explainer.methods[method](image, classIndex);
      const scale = Math.max(...torch[method].map(Math.abs));
      expect(scale).toBeGreaterThan(0.001);
      const worst = Math.max(...torch[method].map((value, i) => Math.abs(values[i]! - value) / scale));
      expect(worst, `class ${classIndex}`).toBeLessThan(1e-4);
      if (integration) expect(integration.difference).toBeCloseTo(torch.difference, 5);
    }
  });

  it("goes by weights that are set later", async () => {
    const before = await explainer.methods.gradCam(image, 0);
    const kept = readWeights(network);
    const other = model();
    writeWeights(network, readWeights(other));
    expect((await explainer.methods.gradCam(image, 0)).values).not.toEqual(before.values);
    writeWeights(network, kept);
    expect((await explainer.methods.gradCam(image, 0)).values).toEqual(before.values);
  });
});
