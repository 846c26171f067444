/**
 * @file Colours of tile maps: viridis (S. van der Walt & N. Smith 2015), none of which is a colour of stained tissue, and where values stand on both sides of 0
 * RdBu (C. Brewer) with 0 white, as heat maps have it. Both are even to the eye and told apart without red and green.
 */

const viridis = "440154 482475 414487 355f8d 2a788e 21918c 22a884 44bf70 7ad151 bddf26 fde725";
const redAndBlue = "053061 2166ac 4393c3 92c5de d1e5f0 f7f7f7 fddbc7 f4a582 d6604d b2182b 67001f";

type Rgb = readonly [number, number, number];

const stopsOf = (hexes: string): Rgb[] =>
  hexes.split(" ").map((hex) => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb);

/** A tile's colour is one of so many. */
export const colourCount = 256;

/** "rgb(r g b)" of each step from the lowest to the highest. */
export function colourSteps(signed: boolean): string[] {
  const stops = stopsOf(signed ? redAndBlue : viridis);
  return Array.from({ length: colourCount }, (_, step) => {
    const at = (step / (colourCount - 1)) * (stops.length - 1);
    const [from, to] = [stops[Math.floor(at)]!, stops[Math.ceil(at)]!];
    return `rgb(${from.map((value, channel) => Math.round(value + (at % 1) * (to[channel]! - value))).join(" ")})`;
  });
}

export const gradientOf = (signed: boolean): string =>
  `linear-gradient(90deg, ${(signed ? redAndBlue : viridis)
    .split(" ")
    .map((hex) => `#${hex}`)
    .join(", ")})`;

/** @param shares 0 to 1 */
export const stepsOf = (shares: Float32Array): Uint8Array =>
  Uint8Array.from(shares, (share) => Math.min(colourCount - 1, Math.floor(share * colourCount)));
