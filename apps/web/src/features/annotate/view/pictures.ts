/** @file Pictures, decoded before they are shown, so that the next one is there at once. The newest few are kept. */

export type Picture = ImageBitmap;

interface Loading {
  readonly ready: Promise<Picture>;
  picture?: Picture;
}

const most = 16;
const known = new Map<string, Loading>();

/** @throws Error where the file cannot be fetched or is no picture */
export function loadPicture(url: string): Promise<Picture> {
  const there = known.get(url);
  if (there) {
    known.delete(url); // set again: the map's order is the order of use
    known.set(url, there);
    return there.ready;
  }
  const loading: Loading = { ready: decode(url) };
  loading.ready.then(
    (picture) => {
      loading.picture = picture;
    },
    () => known.delete(url),
  );
  known.set(url, loading);
  const oldest = known.keys().next().value;
  if (known.size > most && oldest !== undefined) known.delete(oldest);
  return loading.ready;
}

/** Without waiting; undefined where it is not decoded yet. */
export const pictureNow = (url: string): Picture | undefined => known.get(url)?.picture;

/** Values as the file has them: a profile or transparency would change what a mask means. */
async function decode(url: string): Promise<Picture> {
  const response = await fetch(url, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`The picture cannot be fetched: the server answered ${response.status}.`);
  return createImageBitmap(await response.blob(), { colorSpaceConversion: "none", premultiplyAlpha: "none" });
}

/** RGBA of a picture at its own size. */
export function pixelsOf(picture: Picture): ImageData {
  const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d", { willReadFrequently: true })!;
  context.drawImage(picture, 0, 0);
  return context.getImageData(0, 0, picture.width, picture.height);
}
