/**
 * @file Paints an 8-bit grey mask of any size over a picture, as a tint, an outline, or both: 0 background and 255 foreground, or of
 * several classes class index + 1, each in its own colour.
 */
import { classColor } from "./classColors.ts";

export interface MaskLayer {
  readonly url: string;
  /** #rrggbb; not looked at where there are several classes. */
  readonly color: string;
  /** Opacity of the tint in [0, 1]; 0 draws no tint. */
  readonly tint: number;
  /** Width of the outline in CSS pixels; 0 draws none. */
  readonly outline: number;
}

const channels = (color: string) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

const loading = new Map<string, Promise<HTMLImageElement>>();

/** Each mask is fetched and decoded once per page; the newest 400 are kept. */
export function loadMask(url: string): Promise<HTMLImageElement> {
  const known = loading.get(url);
  if (known) return known;
  const image = new Image();
  image.src = url;
  const ready = image.decode().then(() => image);
  ready.catch(() => loading.delete(url));
  loading.set(url, ready);
  const oldest = loading.keys().next().value;
  if (loading.size > 400 && oldest !== undefined) loading.delete(oldest);
  return ready;
}

/** Class index + 1 per pixel, 0 for background, at the canvas's own size, so that the outline is as thin as the screen allows. */
function indicesOf(mask: HTMLImageElement, width: number, height: number, classes: number): Uint8Array {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.imageSmoothingEnabled = classes <= 1; // between classes 1 and 3 does not lie class 2
  context.drawImage(mask, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const indices = new Uint8Array(width * height);
  for (let i = 0; i < indices.length; i++) {
    const value = data[i * 4]!;
    indices[i] = classes <= 1 ? (value >= 128 ? 1 : 0) : value <= classes ? value : 0;
  }
  return indices;
}

/** True where a pixel within `reach` lies on the other side of the border. */
function isEdge(indices: Uint8Array, width: number, height: number, x: number, y: number, reach: number): boolean {
  const own = indices[y * width + x];
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const [u, v] = [x + dx, y + dy];
      if (u < 0 || v < 0 || u >= width || v >= height) continue;
      if (indices[v * width + u] !== own) return true;
    }
  }
  return false;
}

export function drawMask(
  target: CanvasRenderingContext2D,
  mask: HTMLImageElement,
  layer: MaskLayer,
  classes: number,
  ratio: number,
): void {
  const { width, height } = target.canvas;
  if (width === 0 || height === 0) return;
  const indices = indicesOf(mask, width, height, classes);
  const colors = classes <= 1 ? [layer.color] : Array.from({ length: classes }, (_, index) => classColor(index));
  const paints = colors.map(channels);
  const reach = layer.outline > 0 ? Math.max(1, Math.round(layer.outline * ratio)) : 0;
  const picture = target.createImageData(width, height);
  const pixels = picture.data;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const paint = paints[indices[at]! - 1];
      if (!paint) continue;
      const edge = reach > 0 && isEdge(indices, width, height, x, y, reach);
      const opacity = edge ? 1 : layer.tint;
      if (opacity > 0) pixels.set([...paint, Math.round(opacity * 255)], at * 4);
    }
  }
  target.putImageData(picture, 0, 0);
}
