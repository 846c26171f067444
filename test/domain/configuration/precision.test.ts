import {
  parseSegmentation,
  segmentationDefaults,
  segmentationProblems,
} from "@tessera/domain/configuration/segmentation";
import { expect, it } from "vitest";

it("is float32 where a configuration does not name one", () => {
  const { precision, ...before } = segmentationDefaults;
  expect(precision).toBe("float32");
  expect(parseSegmentation(before)).toEqual(segmentationDefaults);
});

it("is one of those that there are", () => {
  expect(segmentationProblems({ ...segmentationDefaults, precision: "bfloat16" })).toEqual([]);
  const [problem] = segmentationProblems({ ...segmentationDefaults, precision: "float16" });
  expect(problem).toMatchObject({ field: "precision", got: '"float16"' });
  expect(problem!.expected).toContain("bfloat16");
});
