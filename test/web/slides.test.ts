/** @file The words of slides and tiles. */

import { describe, expect, it } from "vitest";
import { gridPath, placesText, ruleText, scaleBar, slideText, tilesText } from "@/features/slides/model";

const rule = {
  size: 224,
  micronsPerPixel: 0.5,
  overlap: 0,
  leastTissue: 0.5,
  leastSharpness: 20,
  assumedMicronsPerPixel: null,
};

describe("the words of a job", () => {
  it("say its rate once there is one", () => {
    expect(tilesText({ tiles: 1204, seconds: 12.5 })).toBe("1,204 tiles, 96 a second");
    expect(tilesText({ tiles: 1, seconds: 0 })).toBe("1 tile");
  });

  it("say its rule", () => {
    expect(ruleText(rule)).toBe("224 px at 0.5 µm; tissue at least 50 %; sharpness at least 20");
    expect(ruleText({ ...rule, overlap: 32, leastSharpness: 0 })).toContain(
      "32 px shared; tissue at least 50 %; blurred tiles kept",
    );
  });

  it("say what became of the places", () => {
    const facts = { places: 117, droppedTissue: 76, droppedBlurred: 2, tissueShare: 0.3, penShare: 0, threshold: 57 };
    expect(placesText(facts)).toBe("of 117 places: 76 without tissue, 2 blurred");
    expect(placesText({ ...facts, droppedBlurred: 0 })).toBe("of 117 places: 76 without tissue");
  });
});

it("a slide's words name its scale, and whose it is", () => {
  const slide = {
    format: "aperio",
    magnification: 20,
    micronsX: 0.4990001,
    scaleOfTable: false,
    levels: [{ width: 2220 }],
  };
  const of = { id: "", name: "", width: 2220, height: 2967, thumbnailUrl: "" };
  expect(slideText({ ...of, slide })).toBe("2,220 × 2,967 px · 0.499 µm · 20× · 1 level");
  expect(slideText({ ...of, slide: { ...slide, scaleOfTable: true } })).toContain("(by the table)");
  expect(slideText({ ...of, slide: { ...slide, micronsX: null, magnification: null } })).toBe(
    "2,220 × 2,967 px · no scale · 1 level",
  );
});

it("a grid is one path of its tiles", () => {
  expect(gridPath({ extent: { x: 10, y: 20 }, tiles: { x: [0, 30], y: [5, 6] } })).toBe(
    "M0 5h10v20h-10zM30 6h10v20h-10z",
  );
});

it("a scale bar is the longest round length that fits", () => {
  expect(scaleBar(0.5)).toEqual({ pixels: 100, text: "50 µm" });
  expect(scaleBar(1)).toEqual({ pixels: 100, text: "100 µm" });
  expect(scaleBar(1.5)).toEqual({ pixels: 200 / 1.5, text: "200 µm" });
  expect(scaleBar(20)).toEqual({ pixels: 100, text: "2 mm" });
  expect(scaleBar(0.02)).toEqual({ pixels: 100, text: "2 µm" });
});
