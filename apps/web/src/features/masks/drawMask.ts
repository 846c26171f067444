/** @file Paints an 8-bit grey mask (0 background, 255 foreground; any size) over a picture, as a tint, an outline, or both. */
export interface MaskLayer {
  readonly url: string;
  /** #rrggbb. */
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

/** Foreground per pixel at the canvas's own size, so that the outline is as thin as the screen allows. */
function foreground(mask: HTMLImageElement, width: number, height: number): Uint8Array {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.drawImage(mask, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const inside = new Uint8Array(width * height);
  for (let i = 0; i < inside.length; i++) inside[i] = data[i * 4]! >= 128 ? 1 : 0;
  return inside;
}

/** True where a pixel within `reach` lies on the other side of the border. */
function isEdge(inside: Uint8Array, width: number, height: number, x: number, y: number, reach: number): boolean {
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const [u, v] = [x + dx, y + dy];
      if (u < 0 || v < 0 || u >= width || v >= height) continue;
      if (!inside[v * width + u]) return true;
    }
  }
  return false;
}

export function drawMask(
  target: CanvasRenderingContext2D,
  mask: HTMLImageElement,
  layer: MaskLayer,
  ratio: number,
): void {
  const { width, height } = target.canvas;
  if (width === 0 || height === 0) return;
  const inside = foreground(mask, width, height);
  const [red, green, blue] = channels(layer.color) as [number, number, number];
  const reach = layer.outline > 0 ? Math.max(1, Math.round(layer.outline * ratio)) : 0;
  const picture = target.createImageData(width, height);
  const pixels = picture.data;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (!inside[at]) continue;
      const edge = reach > 0 && isEdge(inside, width, height, x, y, reach);
      const opacity = edge ? 1 : layer.tint;
      if (opacity > 0) pixels.set([red, green, blue, Math.round(opacity * 255)], at * 4);
    }
  }
  target.putImageData(picture, 0, 0);
}
