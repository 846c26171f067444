import {
  classificationDefaults,
  classificationProblems,
  parseClassification,
} from "@tessera/domain/configuration/classification";
import { classificationLosses } from "@tessera/domain/configuration/classificationLoss";
import { milDefaults, milProblems } from "@tessera/domain/configuration/milRun";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { describe, expect, it } from "vitest";
import {
  armConfiguration,
  type Configuration,
  type DraftArm,
  isUsed,
  readPath,
  usedChanges,
  withField,
} from "../../apps/web/src/features/newExperiment/draft.ts";
import { allFields, fieldHelp } from "../../apps/web/src/features/newExperiment/fields.ts";
import { valueText } from "../../apps/web/src/features/newExperiment/fieldText.ts";

const classification = { ...classificationDefaults } as unknown as Configuration;
const mil = { ...milDefaults } as unknown as Configuration;
const segmentation = { ...segmentationDefaults } as unknown as Configuration;

function paths(value: object, under = ""): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? paths(inner, `${under}${key}.`)
      : [`${under}${key}`],
  );
}

describe.each([
  { task: "classification", defaults: classification, elsewhere: ["task", "startingWeights.kind"] },
  { task: "segmentation", defaults: segmentation, elsewhere: ["task", "startingWeights.kind"] },
  { task: "mil", defaults: mil, elsewhere: ["task", "startingWeights.kind"] },
])("the form of a $task", ({ defaults, elsewhere }) => {
  it("has one field for every option, and none for another task's", () => {
    const used = allFields.filter((field) => isUsed(field, defaults)).map(({ path }) => path);
    expect([...used, ...elsewhere].sort()).toEqual(paths(defaults).sort());
  });
});

it.each(classificationLosses)("offers %s for class labels, with what it needs and nothing of the former", (name) => {
  const chosen = withField(withField(classification, "loss.name", "symmetricCrossEntropy"), "loss.name", name);
  expect(classificationProblems(chosen)).toEqual([]);
  expect(chosen).toEqual(parseClassification({ ...classificationDefaults, loss: name }));
  expect(milProblems(withField(mil, "loss.name", name))).toEqual([]);
});

it("keeps an arm's changes for the task that they belong to", () => {
  const changes = [
    { path: "model.family", value: "resnet" },
    { path: "model.stem", value: "7x7" },
    { path: "model.depth", value: 3 },
    { path: "epochs", value: 5 },
  ];
  const arm: DraftArm = { key: 1, name: "arm", weights: { kind: "random" }, changes };
  expect(usedChanges(arm, classification).map(({ path }) => path)).toEqual(["model.family", "model.stem", "epochs"]);
  expect(usedChanges(arm, segmentation).map(({ path }) => path)).toEqual(["model.family", "model.depth", "epochs"]);
  const full = armConfiguration(arm, classification);
  expect(classificationProblems(full)).toEqual([]);
  expect(readPath(full, "model.stem")).toBe("7x7");
});

it("names the families of both tasks", () => {
  expect([valueText("model.family", "unet"), valueText("model.family", "resnet")]).toEqual(["U-Net", "ResNet"]);
  expect([fieldHelp("model.family", "segmentation"), fieldHelp("model.family", "classification")]).toEqual([
    expect.stringContaining("U-Net"),
    expect.stringContaining("ResNet"),
  ]);
  const two = withField(classification, "model.blocks", [2, 2]);
  expect(valueText("model.blocks", readPath(two, "model.blocks"))).toBe("2, 2");
});

it.each(["attentionMil", "embeddingMil", "instanceMil", "dualStreamMil", "transformerMil", "tileLabelMil"])(
  "a choice of %s on bags can be trained as it is",
  (family) => {
    const chosen = withField(mil, "model.family", family);
    expect(milProblems(chosen)).toEqual([]);
    if (readPath(chosen, "model.pooling") === undefined) return;
    expect(milProblems(withField(chosen, "model.pooling", "topK"))).toEqual([]);
  },
);
it("starts each family of classifiers with what it needs, and takes away what the former had", () => {
  for (const family of ["cbr", "mobilenetV1", "mobilenetV2", "resnet"]) {
    const chosen = withField(withField(classification, "model.family", "cbr"), "model.family", family);
    expect(classificationProblems(chosen), family).toEqual([]);
  }
  const cbr = withField(classification, "model.family", "cbr");
  expect([readPath(cbr, "model.net"), readPath(cbr, "model.blocks")]).toEqual(["tiny", undefined]);
});
