/** @file Pictures of a ring, a square, both or neither on a grainy ground: whole images whose classes are planted. */
import { randomStream } from "@tessera/domain/random";

export const shapeNames = ["ring", "square"] as const;
export type ShapeName = (typeof shapeNames)[number];

/** Radius of a ring's hole, in radii of the ring. */
const hole = 0.6;

/**
 * A ring and a square of one picture have the same area, so that the mean brightness tells nothing of which one it is.
 * @param index of the picture in its set: another place, size and grain
 * @returns [size*size*3] RGB, all three channels alike
 */
export function shapePicture(seed: number, index: number, shapes: readonly ShapeName[], size: number): Uint8Array {
  const random = randomStream(seed, "shapes", index);
  const image = new Uint8Array(size * size * 3);
  const radius = size * random.between(0.18, 0.22);
  const side = radius * Math.sqrt(Math.PI * (1 - hole ** 2));
  const halves = random.uniform() < 0.5 ? [0.27, 0.73] : [0.73, 0.27]; // one shape on either side
  const y0 = size * random.between(0.3, 0.7);
  for (let i = 0; i < size * size; i++) {
    const y = Math.floor(i / size) + 0.5 - y0;
    const inside = shapes.some((shape) => {
      const x = (i % size) + 0.5 - size * halves[shapeNames.indexOf(shape)]!;
      const far = Math.hypot(x, y);
      return shape === "ring" ? far < radius && far > hole * radius : 2 * Math.max(Math.abs(x), Math.abs(y)) < side;
    });
    image.fill(Math.floor(random.between(40, 90)) + (inside ? 120 : 0), 3 * i, 3 * i + 3);
  }
  return image;
}
