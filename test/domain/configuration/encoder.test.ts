import {
  classificationDefaults,
  classificationProblems,
  parseClassification,
} from "@tessera/domain/configuration/classification";
import { expandGrid } from "@tessera/domain/configuration/grid";
import {
  parseSegmentation,
  segmentationDefaults,
  segmentationProblems,
} from "@tessera/domain/configuration/segmentation";
import { describe, expect, it } from "vitest";

const { model } = segmentationDefaults;
const problems = (changes: object) =>
  segmentationProblems({ ...segmentationDefaults, model: { ...model, ...changes } }).map(({ field }) => field);

describe("the encoder and the channels of a model", () => {
  it("are filled in where they are left out: a configuration of before means what it did", () => {
    const { encoder: _, channels: __, ...before } = model;
    expect(parseSegmentation({ ...segmentationDefaults, model: before })).toEqual(segmentationDefaults);
    const { channels: ___, ...resnet } = classificationDefaults.model;
    expect(parseClassification({ ...classificationDefaults, model: resnet })).toEqual(classificationDefaults);
  });

  it.each([
    [{ encoder: { kind: "mobilenetV1", alpha: 0.25 } }, []],
    [{ channels: 1 }, []],
    [{ channels: 2 }, ["model.channels"]],
    [{ encoder: { kind: "resnet" } }, ["model.encoder.kind"]],
    [{ encoder: { kind: "mobilenetV2" } }, ["model.encoder.alpha"]],
    [{ encoder: { kind: "plain", alpha: 1 } }, ["model.encoder.alpha"]],
    [{ encoder: { kind: "mobilenetV2", alpha: 1 }, depth: 4, skips: [true, true, true, true] }, ["model.depth"]],
    [{ encoder: { kind: "mobilenetV2", alpha: 1 }, size: 48 }, ["model.size"]],
  ])("%j: problems with %j", (changes, fields) => {
    expect(problems(changes)).toEqual(fields);
  });

  it("are checked of a classifier too", () => {
    const wrong = { ...classificationDefaults, model: { ...classificationDefaults.model, channels: "3" } };
    expect(classificationProblems(wrong)).toMatchObject([{ field: "model.channels", expected: "3 or 1" }]);
  });

  it("change in an arm: another kind replaces the encoder, its width alone does not", () => {
    const base = { ...segmentationDefaults, model: { ...model, encoder: { kind: "mobilenetV1", alpha: 0.25 } } };
    const arms = [
      { name: "plain", changes: { model: { encoder: { kind: "plain" } } } },
      { name: "wider", changes: { model: { encoder: { alpha: 0.5 } } } },
    ];
    const encoders = expandGrid(base, arms, [1]).map(
      ({ configuration }) => "encoder" in configuration.model && configuration.model.encoder,
    );
    expect(encoders).toEqual([{ kind: "plain" }, { kind: "mobilenetV1", alpha: 0.5 }]);
  });
});
