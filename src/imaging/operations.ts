/** @file What a decoder child can do, by name. The client knows these by type only and never loads them. */
import { encodeClassMask, encodeIndices, maskIndices, prepareClassMask } from "./classMask.ts";
import { regionMask, segmentMask } from "./cocoMask.ts";
import { film } from "./dicom/film.ts";
import { encodeImage, encodeMask } from "./encode.ts";
import { hashPicture } from "./hash.ts";
import { image, prepareImage, probe } from "./image.ts";
import { indexMask, indexValues } from "./indexMask.ts";
import { mask, prepareMask } from "./mask.ts";
import { imageVolume, labelVolume, volumeInfo } from "./nifti/volume.ts";
import { npzArrays } from "./npz.ts";
import { picture } from "./picture.ts";
import { pictures } from "./pictures.ts";
import { slicePicture } from "./slice.ts";

export const operations = {
  probe,
  image,
  mask,
  indexValues,
  indexMask,
  regionMask,
  segmentMask,
  volumeInfo,
  imageVolume,
  labelVolume,
  slicePicture,
  film,
  npzArrays,
  picture,
  pictures,
  hashPicture,
  prepareImage,
  prepareMask,
  prepareClassMask,
  maskIndices,
  encodeMask,
  encodeClassMask,
  encodeIndices,
  encodeImage,
};
export type Operations = typeof operations;
