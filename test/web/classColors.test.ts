import { expect, it } from "vitest";
import { classColor } from "../../apps/web/src/features/masks/classColors.ts";

const channels = (color: string) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

it("gives every class a colour of its own, all of them readable on a dark picture", () => {
  const colors = Array.from({ length: 254 }, (_, index) => classColor(index));
  for (const color of colors) {
    expect(color).toMatch(/^#[0-9a-f]{6}$/);
    expect(Math.max(...channels(color))).toBeGreaterThan(150);
  }
  expect(new Set(colors).size).toBe(254);
  const apart = (a: string, b: string) => Math.hypot(...channels(a).map((value, i) => value - channels(b)[i]!));
  for (const [index, color] of colors.slice(0, 8).entries()) {
    for (const other of colors.slice(0, index)) expect(apart(color, other), `${color} ${other}`).toBeGreaterThan(60);
  }
});
