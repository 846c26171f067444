/** @file The door to imaging: a few decoder child processes behind plain async calls. Loads no decoder itself. */
import { fileURLToPath } from "node:url";
import type { Operations } from "./operations.ts";
import { openPool, type Pool, type PoolOptions } from "./pool.ts";

export type { ClassMask, MaskIndices } from "./classMask.ts";
export type { Film } from "./dicom/film.ts";
export type { DecodedImage, ImageInfo } from "./image.ts";
export type { DecodedMask } from "./mask.ts";
export type { ImageVolume, LabelVolume, VolumeInfo } from "./nifti/volume.ts";
export type { NpzArray } from "./npz.ts";
export type { PictureShape } from "./pictures.ts";
export type ImagingOptions = PoolOptions;

/** Every operation of a decoder child, plus the end of all of them. */
export interface Imaging extends Operations, Pick<Pool<Operations>, "processIds" | "close"> {}

const childPath = fileURLToPath(new URL("./child.ts", import.meta.url));

export function openImaging(options: ImagingOptions = {}): Imaging {
  const { call, processIds, close } = openPool<Operations>(childPath, options);
  return {
    probe: call("probe"),
    image: call("image"),
    mask: call("mask"),
    indexValues: call("indexValues"),
    indexMask: call("indexMask"),
    regionMask: call("regionMask"),
    segmentMask: call("segmentMask"),
    volumeInfo: call("volumeInfo"),
    imageVolume: call("imageVolume"),
    labelVolume: call("labelVolume"),
    film: call("film"),
    npzArrays: call("npzArrays"),
    picture: call("picture"),
    pictures: call("pictures"),
    slicePicture: call("slicePicture"),
    hashPicture: call("hashPicture"),
    prepareImage: call("prepareImage"),
    prepareMask: call("prepareMask"),
    prepareClassMask: call("prepareClassMask"),
    maskIndices: call("maskIndices"),
    encodeMask: call("encodeMask"),
    encodeClassMask: call("encodeClassMask"),
    encodeIndices: call("encodeIndices"),
    encodeImage: call("encodeImage"),
    processIds,
    close,
  };
}
