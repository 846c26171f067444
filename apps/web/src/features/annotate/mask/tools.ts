/** @file The tools of the mask editor, their keys, and what is set of them. */

export const tools = [
  { tool: "brush", name: "Brush", key: "b" },
  { tool: "eraser", name: "Eraser", key: "e" },
  { tool: "polygon", name: "Polygon", key: "p" },
  { tool: "grow", name: "Grow", key: "g" },
  { tool: "threshold", name: "Threshold", key: "t" },
  { tool: "fill", name: "Fill", key: "k" },
  { tool: "move", name: "Move", key: "m" },
] as const;

export type Tool = (typeof tools)[number]["tool"];

export const toolText: Record<Tool, string> = {
  brush: "Paints where you drag.",
  eraser: "Takes away where you drag.",
  polygon: "Click corner by corner and press Enter, or drag around the area.",
  grow: "Click: the area around it whose grey values lie within the tolerance.",
  threshold: "Draw an area as with the polygon: within it, the grey values of the range are painted.",
  fill: "Click: the area of one class, or of background, that it lies in.",
  move: "Drag the image; the middle button does so with every tool.",
};

export interface ToolSettings {
  readonly tool: Tool;
  /** Pixels of the image. */
  readonly radius: number;
  /** Of grey values. */
  readonly tolerance: number;
  readonly range: readonly [low: number, high: number];
  readonly classIndex: number;
  /** Pixels of other classes stay. */
  readonly protect: boolean;
  /** Of the mask over the image, in [0, 1]. */
  readonly opacity: number;
  /** Whether other readers' outlines are shown. */
  readonly outlines: boolean;
}

export const usualSettings: ToolSettings = {
  tool: "brush",
  radius: 6,
  tolerance: 16,
  range: [128, 255],
  classIndex: 0,
  protect: false,
  opacity: 0.45,
  outlines: false, // a first reader is not to be led; they can look
};

export const radii = { least: 0.5, most: 150 } as const;
export const biggerRadius = (radius: number) =>
  Math.min(radii.most, Math.max(radius + 0.5, Math.round(radius * 2.4) / 2));
export const smallerRadius = (radius: number) =>
  Math.max(radii.least, Math.min(radius - 0.5, Math.round(radius * 1.6) / 2));
