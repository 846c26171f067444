/**
 * @file The two made worlds. "a" looks like white-light endoscopy; "b" like narrow-band imaging: other colours, finer
 * and stronger vessels, narrower folds, a round frame. They share no item and no subject: "b" is for pretraining.
 */
export type EndoscopyDomain = "a" | "b";

export interface World {
  /** Albedo of the mucosa, RGB in 0..1. */
  readonly mucosa: readonly [number, number, number];
  readonly vessel: readonly [number, number, number];
  readonly vesselStrength: number;
  /** Cells of the coarsest vessel pattern across the image. */
  readonly vesselCells: number;
  readonly folds: { readonly count: readonly [number, number]; readonly width: readonly [number, number] };
  readonly frame: "octagon" | "circle";
  readonly light: readonly [number, number, number];
}

export const worlds: Readonly<Record<EndoscopyDomain, World>> = {
  a: {
    mucosa: [0.8, 0.4, 0.31],
    vessel: [0.62, 0.2, 0.17],
    vesselStrength: 0.35,
    vesselCells: 5,
    folds: { count: [2, 5], width: [0.03, 0.07] },
    frame: "octagon",
    light: [1.04, 1, 0.94],
  },
  b: {
    mucosa: [0.5, 0.56, 0.42],
    vessel: [0.27, 0.2, 0.17],
    vesselStrength: 0.75,
    vesselCells: 9,
    folds: { count: [4, 9], width: [0.015, 0.035] },
    frame: "circle",
    light: [0.9, 1.04, 1],
  },
};
