import { squareSpacing } from "@tessera/domain/spacing";
import { expect, it } from "vitest";

it("follows an item that is stretched to a square, along each axis by itself", () => {
  const item = { spacingMm: 0.5, spacingYMm: null, width: 400, height: 200 };
  expect(squareSpacing(item, 100)).toEqual({ x: 2, y: 1 });
  expect(squareSpacing({ ...item, spacingYMm: 1.5 }, 100)).toEqual({ x: 2, y: 3 });
  expect(squareSpacing({ ...item, spacingMm: null }, 100)).toBeNull();
});
