/** @file The colour of a similarity: from the ground to one ink, so that light and dark read the same way. */
import type { ColorScheme } from "@/lib/arms";

const ends: Readonly<Record<ColorScheme, readonly [low: string, high: string]>> = {
  light: ["#f1f1ee", "#0b4a53"],
  dark: ["#262c2d", "#9fd3da"],
};

const channels = (hex: string): number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** @param value below 0 and above 1 it is as at these */
export function heatColor(value: number, scheme: ColorScheme): string {
  const share = Math.min(1, Math.max(0, value));
  const [low, high] = ends[scheme].map(channels) as [number[], number[]];
  const mixed = low.map((from, i) => Math.round(from + share * (high[i]! - from)));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

/** Of lines drawn over a cell: the other end of the scale. */
export const heatInk = (value: number, scheme: ColorScheme): string => {
  const [low, high] = ends[scheme];
  return value > 0.5 ? low : high;
};
