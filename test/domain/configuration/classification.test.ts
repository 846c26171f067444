import {
  type ClassificationConfiguration,
  classificationDefaults,
  classificationProblems,
  parseClassification,
} from "@tessera/domain/configuration/classification";
import { expandGrid } from "@tessera/domain/configuration/grid";
import { parseRun, runProblems } from "@tessera/domain/configuration/run";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { describe, expect, it } from "vitest";

const withModel = (changes: object) => ({
  ...classificationDefaults,
  model: { ...classificationDefaults.model, ...changes },
});
const runId = "00000000-0000-4000-8000-000000000000";
const fields = (value: unknown) => classificationProblems(value).map(({ field }) => field);

describe("a classification's configuration", () => {
  it("is complete by default, and reads back as itself", () => {
    expect(classificationProblems(classificationDefaults)).toEqual([]);
    expect(parseClassification(JSON.parse(JSON.stringify(classificationDefaults)))).toEqual(classificationDefaults);
  });

  it("fills what may be left out", () => {
    const { precision, ...rest } = classificationDefaults;
    const { emaDecay, clipNorm, ...optimizer } = rest.optimizer;
    expect(parseClassification({ ...rest, optimizer, loss: "crossEntropy" })).toEqual(classificationDefaults);
  });

  it.each([
    [{ family: "unet" }, ["model.family", "model.baseFilters", "model.blocks", "model.stem"]],
    [{ size: 8 }, ["model.size"]],
    [{ baseFilters: 0 }, ["model.baseFilters"]],
    [{ blocks: [] }, ["model.blocks"]],
    [{ blocks: [2, 0] }, ["model.blocks"]],
    [{ blocks: 18 }, ["model.blocks"]],
    [{ stem: "5x5" }, ["model.stem"]],
    [{ depth: 5 }, ["model.depth"]],
  ])("refuses a model with %j", (changes, expected) => {
    expect(fields(withModel(changes))).toEqual(expected);
  });

  it.each([
    [{ loss: { name: "softDice" } }, ["loss.name"]],
    [{ loss: { name: "crossEntropy", labelSmoothing: 1 } }, ["loss.labelSmoothing"]],
    [{ loss: { name: "generalizedCrossEntropy", q: 2 } }, ["loss.q"]],
    [{ loss: { name: "softBootstrap", labelSmoothing: 0.1 } }, ["loss.labelSmoothing"]],
    [{ threshold: 0.5 }, ["threshold"]],
    [{ batchSize: 0 }, ["batchSize"]],
    [{ startingWeights: { kind: "run", runId: "?", part: "all" } }, ["startingWeights.runId"]],
    [{ startingWeights: { kind: "imported", weightsId: "?", part: "all" } }, ["startingWeights.weightsId"]],
    [{ startingWeights: { kind: "run", runId, part: "firstBlocks" } }, ["startingWeights.blocks"]],
    [{ startingWeights: { kind: "run", runId, part: "all", blocks: 2 } }, ["startingWeights.blocks"]],
    [{ startingWeights: { kind: "statistics", of: { kind: "random" }, part: "all" } }, ["startingWeights.of.kind"]],
    [{ startingWeights: { kind: "statistics", of: { kind: "run" }, part: "all" } }, ["startingWeights.of.runId"]],
    [{ model: { family: "cbr", size: 32, net: "huge" } }, ["model.net"]],
    [{ model: { family: "mobilenetV1", size: 32, alpha: 9 } }, ["model.alpha"]],
  ])("refuses %j", (changes, expected) => {
    expect(fields({ ...classificationDefaults, ...changes })).toEqual(expected);
  });

  it("is told from a segmentation's by its task", () => {
    expect(parseRun(classificationDefaults)).toEqual(classificationDefaults);
    expect(parseRun(segmentationDefaults)).toEqual(segmentationDefaults);
    expect(runProblems({ ...classificationDefaults, task: "segmentation" }).length).toBeGreaterThan(0);
    expect(() => parseRun({ ...classificationDefaults, task: "sorting" })).toThrow(/task: expected one of/);
  });

  it("expands into arms as any other", () => {
    const arms = [
      { name: "plain", changes: {} },
      { name: "smooth", changes: { loss: { labelSmoothing: 0.1 }, model: { blocks: [1, 1] } } },
    ];
    const runs = expandGrid(classificationDefaults, arms, [1, 2]);
    const [, , smooth] = runs.map(({ configuration }) => configuration as ClassificationConfiguration);
    expect(runs.map(({ arm, seed }) => `${arm} ${seed}`)).toEqual(["plain 1", "plain 2", "smooth 1", "smooth 2"]);
    expect(smooth).toMatchObject({ loss: { name: "crossEntropy", labelSmoothing: 0.1 }, model: { blocks: [1, 1] } });
  });
});
