/** @file Grey pixels of colour ones. */

/**
 * Luma of Rec. ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B, rounded to a byte, as an 8-bit grey image would hold it. Three equal
 * channels give exactly the one that they are.
 * @param image [pixels, 3] @returns [pixels]
 */
export function greyOf(image: Uint8Array): Uint8Array {
  const grey = new Uint8Array(image.length / 3);
  for (let pixel = 0, at = 0; pixel < grey.length; pixel++, at += 3) {
    grey[pixel] = Math.floor((299 * image[at]! + 587 * image[at + 1]! + 114 * image[at + 2]! + 500) / 1000);
  }
  return grey;
}

/** Grey in all three channels. @param image [pixels, 3] @returns [pixels, 3] */
export function grey3Of(image: Uint8Array): Uint8Array {
  const grey = greyOf(image);
  return Uint8Array.from({ length: image.length }, (_, i) => grey[Math.floor(i / 3)]!);
}

/** What a network of so many channels sees of an image. @param image [pixels, 3] @returns [pixels, channels] */
export const withChannels = (image: Uint8Array, channels: 1 | 3): Uint8Array =>
  channels === 3 ? image : greyOf(image);
