import { expandGrid } from "@tessera/domain/configuration/grid";
import { completeMil, milDefaults, milProblems, parseMil } from "@tessera/domain/configuration/milRun";
import { describe, expect, it } from "vitest";

const withModel = (model: object) => ({ ...milDefaults, model: { ...milDefaults.model, ...model } });
const only = (model: object) => ({ ...milDefaults, model });

describe("the configuration of a model of bags", () => {
  it("reads an encoder of one width, or of none, as configurations had it before there could be several", () => {
    expect(parseMil(withModel({ encoder: 64 })).model.encoder).toEqual([64]);
    expect(parseMil(withModel({ encoder: null })).model.encoder).toEqual([]);
    const { dropout: _, ...before } = milDefaults.model;
    expect(parseMil(only({ ...before, encoder: 256 }))).toEqual(milDefaults);
    expect(completeMil("nothing")).toBe("nothing");
  });

  it.each([
    ["model.encoder", withModel({ encoder: [256, 1] })],
    ["model.encoder", withModel({ encoder: Array(9).fill(8) })],
    ["model.encoder", withModel({ encoder: "wide" })],
    ["model.dropout", withModel({ dropout: 1 })],
    ["model.heads", only({ family: "transformerMil", encoder: [12], heads: 8, landmarks: null })],
    ["model.encoder", only({ family: "transformerMil", encoder: [], heads: 1, landmarks: null })],
    ["model.landmarks", only({ family: "transformerMil", encoder: [16], heads: 8, landmarks: 1 })],
    ["model.convolution", withModel({ convolution: "resnet" })],
    ["choose", { ...milDefaults, choose: "first" }],
    ["model.hidden", only({ family: "tileLabelMil", encoder: [16], hidden: 4 })],
  ])("refuses %s out of limits", (field, configuration) => {
    expect(milProblems(configuration).map((problem) => problem.field)).toEqual([field]);
  });
});

it("lets arms be of other families: each keeps what all have, and loses what was the base's alone", () => {
  const arms = [
    { name: "attention", changes: {} },
    { name: "top 3", changes: { model: { family: "embeddingMil", pooling: "topK", k: 3 } } },
    { name: "transformer", changes: { model: { family: "transformerMil", heads: 4, landmarks: 16 } } },
  ];
  const base = withModel({ encoder: [32], dropout: 0.25 });
  const common = { convolution: "none", encoder: [32], dropout: 0.25 };
  expect(expandGrid(base, arms, [1]).map(({ configuration }) => configuration.model)).toEqual([
    { ...common, family: "attentionMil", hidden: 128, attention: "gated" },
    { ...common, family: "embeddingMil", pooling: "topK", k: 3 },
    { ...common, family: "transformerMil", heads: 4, landmarks: 16 },
  ]);
  const topK = only({ family: "instanceMil", ...common, pooling: "topK", k: 3 });
  const max = [{ name: "max", changes: { model: { pooling: "max" } } }];
  expect(expandGrid(topK, max, [1])[0]!.configuration.model).toEqual({
    ...common,
    family: "instanceMil",
    pooling: "max",
  });
});
