import { architectureDifference } from "@tessera/domain/configuration/architecture";
import { classificationDefaults } from "@tessera/domain/configuration/classification";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { describe, expect, it } from "vitest";

const { model } = segmentationDefaults;
const from = (changes: object) => ({ ...segmentationDefaults, model: { ...model, ...changes } });

describe("architectureDifference", () => {
  it.each([
    { changes: {}, all: null, encoder: null },
    { changes: { size: 256 }, all: null, encoder: null },
    { changes: { baseFilters: 8 }, all: "baseFilters", encoder: "baseFilters" },
    { changes: { depth: 4, skips: [true, true, true, true] }, all: "depth", encoder: "depth" },
    { changes: { depth: 0, skips: [] }, all: "depth", encoder: "depth" },
    { changes: { normalization: "none" }, all: "normalization", encoder: "normalization" },
    { changes: { skips: [true, true, true, true, false] }, all: "skips", encoder: null },
  ])("$changes: all of it $all, the encoder $encoder", ({ changes, all, encoder }) => {
    expect(architectureDifference(from(changes), model, "all")).toBe(all);
    expect(architectureDifference(from(changes), model, "encoder")).toBe(encoder);
  });

  it("fits labels of another number of classes with its encoder alone", () => {
    const labels = { from: { classes: 1 }, to: { classes: 3 } };
    expect(architectureDifference(from({}), model, "all", labels)).toBe("classes");
    expect(architectureDifference(from({}), model, "encoder", labels)).toBeNull();
    expect(architectureDifference(from({}), model, "all", { from: { classes: 3 }, to: { classes: 3 } })).toBeNull();
  });

  it("does not fit what is no configuration at all", () => {
    for (const other of [null, {}, { model: null }]) expect(architectureDifference(other, model, "all")).toBe("family");
  });

  it("fits classifiers of the same filters, blocks and stem, with another number of classes but for the head", () => {
    const { model: resnet } = classificationDefaults;
    const other = (changes: object) => ({ ...classificationDefaults, model: { ...resnet, ...changes } });
    const labels = { from: { classes: 2 }, to: { classes: 5 } };
    expect(architectureDifference(other({ size: 32 }), resnet, "all")).toBeNull();
    expect(architectureDifference(other({ blocks: [1, 1] }), resnet, "encoder")).toBe("blocks");
    expect(architectureDifference(other({ stem: "7x7" }), resnet, "encoder")).toBe("stem");
    expect(architectureDifference(other({}), resnet, "all", labels)).toBe("classes");
    expect(architectureDifference(other({}), resnet, "encoder", labels)).toBeNull();
    expect(architectureDifference(segmentationDefaults, resnet, "encoder")).toBe("family");
  });
});
