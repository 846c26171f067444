/**
 * @file Cat v. x-ray: what the filters of a run answer to two images, before training and after, block by block.
 *
 * docs/decisions/0034 says what is measured, and in which units.
 */

import type { InspectionKind } from "./inspection.ts";
import { checkRunId, parsedRequest } from "./requestFields.ts";

/** One picture: a file of the team, and what it is called. */
export interface ShownImage {
  readonly name: string;
  readonly sha256: string;
  /** Of a dataset; null: uploaded for this. */
  readonly itemId: string | null;
}

export interface FilterResponsesRequest {
  readonly runId: string;
  /** A natural one and a medical one, or any two. */
  readonly images: readonly [ShownImage, ShownImage];
}

/** Of one filter to one image. */
export interface FilterResponse {
  readonly mean: number;
  /** Share of the positions above 0. */
  readonly active: number;
  readonly low: number;
  readonly high: number;
}

/** One of the filters of a depth that changed most. Each list has one entry per image. */
export interface ShownFilter {
  readonly filter: number;
  /** Root mean square of the change over all positions of both images, in units of the depth's own answers before. */
  readonly change: number;
  /** Of its kernel, start to end, relative to the start; null: all 0 at the start. */
  readonly distance: number | null;
  readonly before: readonly FilterResponse[];
  readonly after: readonly FilterResponse[];
  /** What black and white mean in its four pictures. */
  readonly black: number;
  readonly white: number;
}

/** Quantiles over a depth's filters. */
export interface Spread {
  readonly low: number;
  readonly quarter: number;
  readonly middle: number;
  readonly threeQuarters: number;
  readonly high: number;
}

export interface FilterDepth {
  readonly block: string;
  readonly layer: string;
  readonly filters: number;
  /** Of the layer's output, pixels. */
  readonly side: number;
  /** Of one picture, pixels: larger answers are averaged down. */
  readonly shownSide: number;
  /**
   * A PNG of all pictures: a column per shown filter; rows are before and after of the first image, then of the second.
   */
  readonly sha256: string;
  /** Those that changed most, the most changed first. */
  readonly shown: readonly ShownFilter[];
  /** Mean change over all filters of the depth. */
  readonly change: number;
  readonly distances: Spread | null;
}

/** Filters of one layer that are never above 0. */
export interface DeadCount {
  readonly before: number;
  readonly after: number;
}

export interface DeadLayer {
  readonly layer: string;
  readonly block: string;
  readonly filters: number;
  /** On each image: nothing of the filter reaches what follows. */
  readonly images: readonly DeadCount[];
  /** On both images. */
  readonly both: DeadCount;
  /** On all validation items that were looked at. */
  readonly validation: DeadCount;
}

export interface FilterSpectrum {
  readonly filter: number;
  /** Mean power by frequency. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Share of the power above `highFrequency`; null: the kernel is all 0. */
  readonly highBefore: number | null;
  readonly highAfter: number | null;
}

export interface FirstLayer {
  readonly kernel: string;
  /** Side of the kernels, pixels. */
  readonly side: number;
  /** A PNG of all kernels: a column per filter, the first row before, the second after; grey is 0. */
  readonly sha256: string;
  /** Cycles per pixel. */
  readonly frequencies: readonly number[];
  readonly highFrequency: number;
  /** What kernels of independent random weights have above it. */
  readonly highShareOfNoise: number;
  readonly filters: readonly FilterSpectrum[];
}

export interface FilterResponsesResult {
  /** Side of the model's input, pixels. */
  readonly size: number;
  readonly channels: number;
  /** What the network saw, as PNG; in the order of the request. */
  readonly images: readonly { readonly name: string; readonly sha256: string }[];
  /** Validation items that dead filters were looked for in. */
  readonly validationItems: number;
  readonly depths: readonly FilterDepth[];
  readonly layers: readonly DeadLayer[];
  readonly firstLayer: FirstLayer;
}

/** Of a depth, those that changed most. */
export const mostShownFilters = 16;
/** Side of one filter's picture at most, pixels. */
export const mostShownSide = 64;
/** Chosen by hash of their ids. */
export const mostValidationItems = 256;

const sha256 = /^[0-9a-f]{64}$/;

export const filterResponses: InspectionKind<FilterResponsesRequest> = {
  version: 1,
  parse: (value) =>
    parsedRequest<FilterResponsesRequest>(value, {}, (check) => {
      check.noOtherFields({ runId: "", images: [] });
      checkRunId(check, "runId");
      const images = check.read("images");
      if (!Array.isArray(images) || images.length !== 2) {
        check.problem("images", "two images", images, "choose a natural and a medical one");
        return;
      }
      for (const [i, image] of images.entries()) {
        const { name, sha256: hash } = (image ?? {}) as Partial<ShownImage>;
        if (typeof name !== "string" || name === "" || name.length > 200)
          check.problem(`images.${i}.name`, "a name of 1 to 200 characters", name, "say what it is called");
        if (typeof hash !== "string" || !sha256.test(hash))
          check.problem(`images.${i}.sha256`, "the hash of a file", hash, "upload the file first");
      }
    }),
  runIds: ({ runId }) => [runId],
  files: ({ images }) => images.map((image) => image.sha256),
};
