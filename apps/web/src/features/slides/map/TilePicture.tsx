import type { Box } from "../place.ts";

interface Slide {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** As the api cuts them. */
const tileSize = 512;
/** Of the picture, at least. */
const least = 112;

/** A piece of a slide, of the viewer's own tiles: at most four, which the browser keeps. */
export function TilePicture({
  slide,
  box,
  label,
}: {
  readonly slide: Slide;
  readonly box: Box;
  readonly label: string;
}) {
  return (
    <svg
      viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
      width="100%"
      role="img"
      aria-label={label}
      style={{ display: "block" }}
    >
      {tilesUnder(slide, box).map(({ path, ...place }) => (
        <image key={path} href={`/slides/${slide.id}/tiles/${path}`} preserveAspectRatio="none" {...place} />
      ))}
    </svg>
  );
}

/** The tiles of the coarsest level at which the box is sharp enough, with their places in pixels of level 0. */
function tilesUnder({ width, height }: Slide, box: Box): (Box & { readonly path: string })[] {
  const highest = Math.ceil(Math.log2(Math.max(width, height)));
  const finer = Math.max(0, Math.floor(Math.log2(Math.min(box.width, box.height) / least)));
  const level = Math.max(0, highest - finer);
  const side = tileSize * 2 ** (highest - level);
  const from = (at: number) => Math.max(0, Math.floor(at / side));
  const to = (at: number, end: number) => Math.ceil(Math.min(at, end) / side);
  const tiles = [];
  for (let row = from(box.y); row < to(box.y + box.height, height); row++) {
    for (let column = from(box.x); column < to(box.x + box.width, width); column++) {
      const [x, y] = [column * side, row * side];
      const size = { width: Math.min(side, width - x), height: Math.min(side, height - y) };
      tiles.push({ path: `${level}/${column}/${row}`, x, y, ...size });
    }
  }
  return tiles;
}
