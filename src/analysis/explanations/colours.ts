/**
 * @file A map in colours. What only speaks for a class goes from dark to bright (inferno, S. van der Walt & N. Smith 2015); what speaks for and against
 * goes from blue over white to red (RdBu, C. Brewer), with 0 always white. Both are even to the eye, and told apart without
 * red and green.
 */

const forAlone = [
  "000004",
  "160b39",
  "420a68",
  "6a176e",
  "932667",
  "bc3754",
  "dd513a",
  "f37819",
  "fca50a",
  "f6d746",
  "fcffa4",
];
const forAndAgainst = [
  "053061",
  "2166ac",
  "4393c3",
  "92c5de",
  "d1e5f0",
  "f7f7f7",
  "fddbc7",
  "f4a582",
  "d6604d",
  "b2182b",
  "67001f",
];

const rgb = (hex: string): number[] => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/**
 * @param map of any length; one that is the same everywhere is drawn as nothing is
 * @returns three bytes for each value
 */
export function coloured(map: Float32Array): Uint8Array {
  let [low, high] = [0, 0];
  for (const value of map) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const signed = low < 0;
  const stops = (signed ? forAndAgainst : forAlone).map(rgb);
  const reach = Math.max(high, -low) || 1;
  const pixels = new Uint8Array(map.length * 3);
  for (const [i, value] of map.entries()) {
    const share = signed ? (value / reach + 1) / 2 : value / reach;
    const at = Math.min(share * (stops.length - 1), stops.length - 1 - 1e-9);
    const [from, to, part] = [stops[Math.floor(at)]!, stops[Math.floor(at) + 1]!, at % 1];
    for (let channel = 0; channel < 3; channel++) {
      pixels[3 * i + channel] = Math.round(from[channel]! + part * (to[channel]! - from[channel]!));
    }
  }
  return pixels;
}
