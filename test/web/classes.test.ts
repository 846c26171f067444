import { describe, expect, it } from "vitest";
import { classFilter } from "../../apps/web/src/features/dataset/classFilter.ts";
import { classText } from "../../apps/web/src/lib/classText.ts";

describe("classes in words", () => {
  it.each([
    [[0, 1], "pneumonia"],
    [[1, 1], "normal, pneumonia"],
    [[0, 0], "none"],
    [[null, 1], "pneumonia (1 not known)"],
    [[null, null], "none (2 not known)"],
  ])("%j", (values, text) => expect(classText(values, ["normal", "pneumonia"])).toBe(text));
});

describe("a filter by class", () => {
  it("is what its value in the address says, and none where that means nothing", () => {
    const of = (value: string) => classFilter(value, "v", { classes: ["a", "b"] });
    expect(of("1 ABSENT")).toEqual({ labelVersionId: "v", classIndex: 1, state: "ABSENT" });
    expect([of(""), of("2 PRESENT"), of("0 PERHAPS"), of("x PRESENT"), of("-1 PRESENT")]).toEqual([null, null, null, null, null]); // biome-ignore format: a row
  });
});
