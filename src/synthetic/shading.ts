/** @file Light on the relief: a lamp beside the lens, wet highlights, the frame of the scope, sensor noise. */
import { randomStream } from "@tessera/domain/random";
import type { Look, Mucosa } from "./mucosa.ts";
import { octaves } from "./noise.ts";
import type { World } from "./world.ts";

/** 1 where the scope shows tissue, 0 in its black frame. [size*size] */
export function visible(size: number, world: World, key: readonly (string | number)[]): Uint8Array {
  const random = randomStream(...key, "frame");
  const cut = random.uniform() < 0.2 ? 2 : random.between(1.28, 1.45); // 2: no corner is cut
  const edge = random.between(0.955, 0.99);
  const circle = random.between(0.98, 1.12);
  const shown = new Uint8Array(size * size);
  for (let i = 0; i < shown.length; i++) {
    const x = Math.abs((2 * ((i % size) + 0.5)) / size - 1);
    const y = Math.abs((2 * (Math.floor(i / size) + 0.5)) / size - 1);
    const inside = world.frame === "circle" ? Math.hypot(x, y) < circle : x < edge && y < edge && x + y < cut * edge;
    shown[i] = inside ? 1 : 0;
  }
  return shown;
}

/** @returns [size*size*3] RGB, 0 to 255 */
export function shade(
  size: number,
  { height, albedo, light }: Mucosa,
  shown: Uint8Array,
  world: World,
  look: Look,
  key: readonly (string | number)[],
): Uint8Array {
  const random = randomStream(...key, "light");
  const lamp = { x: random.between(0.35, 0.65), y: random.between(0.35, 0.65), z: random.between(0.55, 0.8) };
  const wet = octaves(size, 10, 2, 0.8, random);
  const ripple = octaves(size, 22, 2, 0.8, random);
  const rgb = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const i = y * size + x;
      const grain = random.uniform() + random.uniform() - 1;
      if (shown[i] === 0) {
        for (let c = 0; c < 3; c++) rgb[i * 3 + c] = 6 + 4 * grain;
        continue;
      }
      const slopeX = (height[x < size - 1 ? i + 1 : i]! - height[x > 0 ? i - 1 : i]!) * size * 0.5;
      const slopeY = (height[y < size - 1 ? i + size : i]! - height[y > 0 ? i - size : i]!) * size * 0.5;
      const normal = 1 / Math.sqrt(slopeX * slopeX + slopeY * slopeY + 1);
      const lx = lamp.x - (x + 0.5) / size;
      const ly = lamp.y - (y + 0.5) / size;
      const lz = lamp.z - height[i]!;
      const away = Math.sqrt(lx * lx + ly * ly + lz * lz);
      const facing = Math.max(0, (-slopeX * lx - slopeY * ly + lz) * normal) / away;
      const falloff = Math.min(1.5, (0.62 / away) ** 2);
      const lit = (0.2 + facing) * falloff * light[i]! * look.gain;

      // Blinn & Phong; the viewer sits above the middle. Ripples of the wet film tilt the mirror, not the matt surface.
      const hx = lx / away + 0.5 - (x + 0.5) / size;
      const hy = ly / away + 0.5 - (y + 0.5) / size;
      const hz = lz / away + 0.8;
      const tiltX = slopeX + 0.3 * ripple[i]!;
      const tiltY = slopeY + 0.3 * wet[i]!;
      const mirror =
        (hz - tiltX * hx - tiltY * hy) / Math.sqrt((tiltX * tiltX + tiltY * tiltY + 1) * (hx * hx + hy * hy + hz * hz));
      const gloss = mirror > 0.95 ? mirror ** 120 : 0;
      const glint = Math.max(0, gloss * (0.55 + wet[i]!) - 0.5) * 3 * look.wetness * light[i]!;

      for (let c = 0; c < 3; c++) {
        const value = albedo[i * 3 + c]! * lit * world.light[c]! * 1.12;
        const toned = value < 0.75 ? value : 0.75 + (1 - Math.exp(-(value - 0.75) * 3)) * 0.25; // soft shoulder, as cameras have
        rgb[i * 3 + c] = Math.min(255, Math.max(0, 255 * (toned + glint + 0.022 * grain) + 0.5));
      }
    }
  }
  return rgb;
}
