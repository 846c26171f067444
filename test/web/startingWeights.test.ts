/** @file What the form offers as starting weights, held to the rules by which the api refuses. */
import { checkImported } from "@tessera/api/weights/checkImported";
import { architectureDifference } from "@tessera/domain/configuration/architecture";
import { classificationDefaults } from "@tessera/domain/configuration/classification";
import type { CbrNet } from "@tessera/domain/configuration/classificationModels";
import { parseRun, type RunConfiguration } from "@tessera/domain/configuration/run";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { startingParts } from "@tessera/domain/configuration/training";
import { classifier } from "@tessera/models/classification/classifier";
import { unet } from "@tessera/models/segmentation/unet";
import { blockOf } from "@tessera/models/weights/blocks";
import { describe, expect, it } from "vitest";
import { blockCount, misfit } from "../../apps/web/src/features/startingWeights/fit.ts";
import { choicesOf, type Source, weightsProblem } from "../../apps/web/src/features/startingWeights/sources.ts";
import {
  partOf,
  parts,
  sourceId,
  sourceOf,
  startingWeights,
  startOf,
  starts,
} from "../../apps/web/src/features/startingWeights/startingWeights.ts";

type Model = RunConfiguration["model"];

const resnet = { family: "resnet", size: 32, baseFilters: 2, blocks: [2, 1, 3], stem: "3x3" } as const;
const models: readonly Model[] = [
  resnet,
  { ...resnet, blocks: [2, 1, 2] },
  { ...resnet, stem: "7x7" },
  { ...resnet, size: 64 },
  ...(["tiny", "small", "largeW", "largeT"] satisfies CbrNet[]).map((net) => ({
    family: "cbr" as const,
    size: 32,
    net,
  })),
  { family: "mobilenetV1", size: 32, alpha: 0.25 },
  { family: "mobilenetV1", size: 32, alpha: 0.1 },
  { family: "mobilenetV2", size: 32, alpha: 0.1 },
  { ...segmentationDefaults.model, size: 32, baseFilters: 2, depth: 3, skips: [true, true, true] },
  { ...segmentationDefaults.model, size: 32, baseFilters: 2, depth: 3, skips: [true, false, true] },
  { ...segmentationDefaults.model, size: 32, baseFilters: 2, depth: 0, skips: [] },
];
const asRecord = (model: Model) => model as unknown as Readonly<Record<string, unknown>>;

describe("what fits", () => {
  it("is what the api lets through, for every pair of models, part and number of classes", () => {
    expect(parts).toEqual(startingParts);
    for (const from of models) {
      for (const to of models) {
        for (const part of parts) {
          for (const classes of [2, 3]) {
            const said = misfit({ model: asRecord(from), classes: 2 }, { model: asRecord(to), classes }, part);
            const labels = { from: { classes: 2 }, to: { classes } };
            const refused = architectureDifference({ model: from }, to, part, labels);
            expect(said === null, `${JSON.stringify([from, to, part, classes])}: ${said}, ${refused}`).toBe(
              refused === null,
            );
          }
        }
      }
    }
  });

  it("is that for imported weights, too", () => {
    const model = { family: "mobilenetV1", size: 224, alpha: 0.25, classes: 1000, layers: [] } as const;
    const weights = { name: "net", family: model.family, model } as unknown as Parameters<typeof checkImported>[0];
    const [family, alpha] = [model.family, model.alpha];
    for (const to of models) {
      for (const part of parts) {
        for (const classes of [2, 1000]) {
          const check = () => checkImported(weights, { model: to, classes, part, field: "weightsId" });
          const said = misfit({ model: { family, alpha }, classes: 1000 }, { model: asRecord(to), classes }, part);
          if (said === null) expect(check).not.toThrow();
          else expect(check).toThrow();
        }
      }
    }
  });

  it("says what differs, in the form's words", () => {
    const [v1, v2] = [
      { family: "mobilenetV1", alpha: 0.25 },
      { family: "mobilenetV1", alpha: 0.5 },
    ];
    expect(misfit({ model: v1 }, { model: asRecord(resnet) }, "encoder")).toBe("family MobileNetV1, here ResNet");
    expect(misfit({ model: v1 }, { model: v2 }, "encoder")).toBe("width α 0.25, here 0.5");
    expect(misfit({ model: v1, classes: 3 }, { model: v1, classes: 2 }, "all")).toBe("a head of 3 classes, here 2");
  });
});

it("counts the blocks that the weights of each model have", { timeout: 120_000 }, () => {
  for (const model of models) {
    const net =
      model.family === "unet"
        ? unet({ ...model, classes: 1 } as never, 1)
        : classifier({ ...model, classes: 2 } as never, 1);
    const names = net.weights.map((weight) => blockOf(weight.name)).filter((block) => block !== null);
    expect(blockCount(asRecord(model)), JSON.stringify(model)).toBe(new Set(names).size);
    net.dispose();
  }
});

it("writes each choice as the configuration has it, and reads it back", () => {
  const id = "00000000-0000-0000-0000-000000000001";
  const base = { ...classificationDefaults };
  for (const start of starts) {
    for (const part of [{ part: "encoder" }, { part: "all" }, { part: "firstBlocks", blocks: 3 }] as const) {
      const value = startingWeights(start, id, part);
      expect(parseRun({ ...base, startingWeights: value }).startingWeights).toEqual(value);
      expect(startOf(value)).toBe(start);
      if (start === "random") continue;
      expect([sourceId(sourceOf(value)!), partOf(value)]).toEqual([id, part]);
    }
  }
});

describe("the list of sources", () => {
  const target = { model: { family: "mobilenetV1", alpha: 0.25 }, classes: 2 };
  const sources: readonly Source[] = [
    { kind: "run", id: "a", name: "a", label: "a", model: asRecord(resnet), classes: 2 },
    { kind: "imported", id: "b", name: "b", label: "b", model: { family: "mobilenetV1", alpha: 0.5 }, classes: 2 },
    { kind: "imported", id: "c", name: "c", label: "c", model: { family: "mobilenetV1", alpha: 0.25 }, classes: 3 },
  ];

  it("has what fits first, and the others with the reason", () => {
    const list = choicesOf(sources, "imported", target, "encoder");
    expect(list.map(({ id, why }) => [id, why])).toEqual([
      ["c", null],
      ["b", "width α 0.5, here 0.25"],
    ]);
    expect(choicesOf(sources, "imported", target, "all").every(({ why }) => why !== null)).toBe(true);
  });

  it("refuses what is not chosen, and what does not fit", () => {
    const problem = (id: string, part: "all" | "encoder") =>
      weightsProblem(startingWeights("statisticsOfImported", id, { part }), sources, target);
    expect(problem("", "encoder")).toBe("choose imported weights");
    expect(problem("b", "encoder")).toContain("width α");
    expect(problem("c", "all")).toContain("a head of 3 classes");
    expect(problem("c", "encoder")).toBeNull();
    expect(weightsProblem({ kind: "random" }, sources, target)).toBeNull();
  });
});
