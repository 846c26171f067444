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

  it("knows a MobileNet and a U-Net on it as one encoder, whatever the channels", () => {
    const net = { family: "mobilenetV1", size: 32, alpha: 0.25 } as const;
    const encoder = { kind: "mobilenetV1", alpha: 0.25 } as const;
    const unet = { ...model, encoder };
    expect(architectureDifference({ model: net }, unet, "encoder")).toBeNull();
    expect(architectureDifference({ model: { ...net, channels: 1 } }, unet, "firstBlocks")).toBeNull();
    expect(architectureDifference({ model: unet }, net, "encoder")).toBeNull();
    expect(architectureDifference({ model: { ...unet, baseFilters: 3 } }, unet, "encoder")).toBeNull();
    expect(architectureDifference({ model: net }, unet, "all")).toBe("family");
    expect(architectureDifference({ model: { ...unet, baseFilters: 3 } }, unet, "all")).toBe("baseFilters");
    expect(architectureDifference({ model: { ...unet, channels: 1 } }, unet, "all")).toBe("channels");
    expect(architectureDifference({ model: unet }, { ...unet, channels: 3 }, "all")).toBeNull();
    expect(architectureDifference({ model: { ...net, alpha: 0.5 } }, unet, "encoder")).toBe("encoder.alpha");
    expect(architectureDifference({ model: { ...net, family: "mobilenetV2" } }, unet, "encoder")).toBe("encoder.kind");
    expect(architectureDifference({ model }, unet, "encoder")).toBe("encoder.kind");
    expect(architectureDifference({ model: unet }, model, "encoder")).toBe("encoder.kind");
    const { encoder: _, channels: __, ...before } = model;
    expect(architectureDifference({ model: before }, model, "all")).toBeNull();
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
