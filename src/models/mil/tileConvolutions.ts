/**
 * @file The convolutions that tiles of pixels pass before the encoder.
 *
 * Source: the LeNet of Ilse, Tomczak & Welling 2018, arXiv:1802.04712, appendix: 20 filters of 5 x 5, pooling, 50 of 5 x 5, pooling; the
 * dense layer of 500 after them is `encoder: [500]`.
 */
import { type TilePicture, tilePicture } from "@tessera/domain/bags/tilePicture";
import type { MilModel } from "@tessera/domain/configuration/mil";
import { DomainError } from "@tessera/domain/errors";
import { heNormal, layerSeed } from "../layers/initial.ts";
import { convolvedMap, TileConvolution } from "../layers/tileConvolution.ts";

const filtersOf = { lenet: [20, 50] } as const;
const kernelSize = 5;
/** Below, nothing is left after two convolutions of 5 x 5 and two poolings. */
const smallestSide = 16;
/** Of the first; beyond every other layer seed of a model of bags. */
const firstSeed = 200;

/** Names of its layers, in the order that tiles pass them; none where there is no convolution. */
export const convolutionNames = ({ convolution = "none" }: MilModel): string[] =>
  convolution === "none" ? [] : filtersOf[convolution].map((_, place) => `convolution/${place + 1}`);

/**
 * @returns layers [b, tiles, features] -> [b, tiles, width], and that width
 * @throws DomainError BAD_INPUT where the features are no picture of at least 16 x 16
 */
export function tileConvolutions(model: MilModel, seed: number): { layers: TileConvolution[]; width: number } {
  const { convolution = "none", features } = model;
  if (convolution === "none") return { layers: [], width: features };
  let input: { readonly side: number; readonly channels: number } = pictureOf(features);
  const layers = convolutionNames(model).map((name, place) => {
    const kernelInitializer = heNormal(kernelSize ** 2 * input.channels, layerSeed(seed, firstSeed + place));
    const options = { name, input, filters: filtersOf[convolution][place]!, kernelSize, kernelInitializer };
    input = convolvedMap(options);
    return new TileConvolution(options);
  });
  return { layers, width: input.side ** 2 * input.channels };
}

function pictureOf(features: number): TilePicture {
  const picture = tilePicture(features);
  if (picture !== null && picture.side >= smallestSide) return picture;
  const got = picture === null ? `${features} numbers` : `${picture.side} x ${picture.side} pixels`;
  const message =
    `model.convolution: expected tiles that are square pictures of at least ${smallestSide} x ${smallestSide} pixels, grey or of 3 channels ` +
    `(784 numbers are 28 x 28), got ${got} per tile; give a dataset whose tiles are pixels, or choose none`;
  throw new DomainError("BAD_INPUT", message, { field: "model.convolution", features });
}
