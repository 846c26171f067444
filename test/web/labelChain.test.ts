/** The form of a label chain as the mutation's input, and the board's numbers as text. */
import { describe, expect, it } from "vitest";
import {
  emptyCounts,
  emptyDraft,
  inputOf,
  schemaChoices,
  sharesOf,
  withStage,
} from "../../apps/web/src/features/labelChain/draft.ts";
import {
  gainRange,
  gainText,
  rateText,
  type Stage,
  samplingText,
  wayText,
} from "../../apps/web/src/features/labelChain/model.ts";

describe("the form", () => {
  it("typed counts: what is left empty is 0, in the order of the classes", () => {
    const draft = {
      ...emptyDraft,
      name: " a ",
      project: "p",
      classes: "none, mild,severe",
      prevalence: "70, 20 10 %",
      prevalenceSource: "s",
    };
    const stage = { ...emptyCounts, key: 0, kind: "NLP" as const, source: " study ", counts: [[5, 1], [], [0, 0, 7]] };
    expect(inputOf({ ...draft, stages: [stage] })).toEqual({
      projectName: "p",
      name: "a",
      note: "",
      classes: ["none", "mild", "severe"],
      prevalence: [0.7, 0.2, 0.1],
      prevalenceSource: "s",
      stages: [{ kind: "NLP", counts: { source: "study", chosenBy: "BEFORE", shares: null, samples: [{ set: "", counts: [[5, 1, 0], [0, 0, 0], [0, 0, 7]] }] } }], // biome-ignore format: one line
      direct: null,
    });
  });

  it("stored labels: a version before, a reader after; chosen by the class after", () => {
    const direct = { ...emptyCounts, from: "stored" as const, schemaId: "s", className: "effusion", before: "version v1", after: "reader a b", chosenByAfter: true, shares: "95.3, 4.7" }; // biome-ignore format: one line
    expect(inputOf({ ...emptyDraft, direct }).direct).toEqual({
      source: "",
      chosenBy: "AFTER",
      shares: [0.953, 0.047],
      versions: {
        schemaId: "s",
        className: "effusion",
        before: { labelVersionId: "v1" },
        after: { reader: "a b" },
        bySite: false,
      },
    });
  });

  it("shares that are no numbers are not made up", () => {
    expect(sharesOf(" ")).toBeNull();
    expect(sharesOf("a, 5")![0]).toBeNaN();
  });

  it("the next stage is the next step on the way, the last for ever", () => {
    const three = withStage(withStage(emptyDraft));
    expect(three.stages.map(({ kind }) => kind)).toEqual(["READER", "NLP", "LABEL", "LABEL"]);
    expect(new Set(three.stages.map(({ key }) => key)).size).toBe(4);
  });

  it("offers schemas of classification that have two sides", () => {
    const schema = (id: string, task: "CLASSIFICATION" | "SEGMENTATION") => ({
      id,
      task,
      classes: ["a", "b"],
      exclusive: true,
    });
    const version = (id: string, of: ReturnType<typeof schema>) => ({ id, number: 1, rule: "one reader", schema: of });
    const datasets = [{ id: "d", name: "films", readers: [{ name: "Ada", schemaId: "one" }], labelVersions: [version("v", schema("one", "CLASSIFICATION")), version("w", schema("two", "CLASSIFICATION")), version("m", schema("three", "SEGMENTATION"))] }]; // biome-ignore format: one line
    expect(schemaChoices(datasets as never).map(({ id, sides }) => [id, sides.map(({ value }) => value)])).toEqual([["one", ["version v", "reader Ada"]]]); // biome-ignore format: one line
  });
});

describe("the board in words", () => {
  const rate = { value: 0.0664, low: 0.051, high: 0.0823 };

  it("shares with their interval, gains with their sign", () => {
    expect(rateText(rate)).toBe("6.6 % (5.1 to 8.2)");
    expect(gainText(rate)).toBe("+6.6 (5.1 to 8.2)");
    expect(gainText({ value: -0.004, low: -0.012, high: 0.0001 })).toBe("−0.4 (−1.2 to 0.0)");
    expect(wayText([{ name: "reader" }, { name: "NLP" }])).toBe("image → reader → NLP");
  });

  it("the plot's scale holds 0 and every end", () => {
    const stage = { gain: { value: 0.02, low: -0.01, high: 0.04 } } as Stage;
    expect(gainRange([stage])).toEqual([-0.01, 0.04]);
  });

  it("says how items were chosen, and that patients are alike", () => {
    const sample = { set: "", chosenBy: "AFTER" as const, shares: [0.95, 0.05], designEffects: [1, 2.24] };
    const stage = {
      kind: "NLP" as const,
      name: "NLP",
      counts: { source: "s", items: 3, datasetId: null, samples: [sample] },
    };
    expect(samplingText(stage as never)).toBe("chosen by what was passed on, reweighted to 95.0 % / 5.0 %; intervals allow for several items of one patient (variance up to × 2.2)"); // biome-ignore format: one line
    const plain = { ...stage, counts: { ...stage.counts, samples: [{ ...sample, chosenBy: "BEFORE" as const, shares: null, designEffects: null }] } }; // biome-ignore format: one line
    expect(samplingText(plain as never)).toBeNull();
  });
});
