import { checkClasses, countClasses, joinClasses, ofClass } from "@tessera/domain/classMask";
import { expect, it } from "vitest";

const map = (...rows: string[]) => Uint8Array.from(rows.join(""), Number);

it("counts the pixels and the pieces of each class by itself", () => {
  const indices = map("110022", "100020", "000002", "330000");
  expect(countClasses(indices, 6, 4, 4)).toEqual({ regionPixels: [3, 4, 2, 0], components: [1, 1, 1, 0] });
  expect(countClasses(map("121"), 3, 1, 2)).toEqual({ regionPixels: [2, 1], components: [2, 1] });
});

it("joins the masks of the classes to the index map that they came of", () => {
  const indices = map("0121", "3002");
  expect(joinClasses([0, 1, 2].map((classIndex) => ofClass(indices, classIndex)))).toEqual(indices);
  expect(joinClasses([map("0110")])).toEqual(map("0110"));
});

it("refuses an index of no class, and numbers of classes that one byte cannot hold", () => {
  expect(() => countClasses(map("03"), 2, 1, 2)).toThrow("indices up to 2, got 3");
  for (const classes of [0, 255, 1.5]) expect(() => checkClasses(classes)).toThrow("Expected 1 to 254 classes");
});
