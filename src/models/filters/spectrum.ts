/**
 * @file The frequency content of filters: the power of each kernel's Fourier transform, averaged around the origin.
 *
 * A kernel is padded with zeros to 32 x 32, and its transform is that of NumPy's fft2; the power is summed over the channels of the
 * input. Frequencies are in cycles per pixel of the layer's input, 0.5 the highest along an axis; what lies in the corners beyond 0.5
 * has no bin, but counts in the share.
 */
import type { NamedWeight } from "../weights/named.ts";

const side = 32;

/** Centres of the bins, cycles per pixel: 0, 1/32 … 1/2. */
export const frequencies: readonly number[] = Array.from({ length: side / 2 + 1 }, (_, bin) => bin / side);

/** Above it a frequency is high, cycles per pixel. */
export const highFrequency = 0.25;

export interface Spectrum {
  /** Mean power by frequency. */
  readonly power: readonly number[];
  /** Of all power, what is above `highFrequency`; null: the kernel is all 0. */
  readonly highShare: number | null;
}

/** What a kernel of independent random weights has above `highFrequency`, on average: the share of the plane outside the circle. */
export const highShareOfNoise: number = planeShare();

function planeShare(): number {
  let outside = 0;
  for (let u = 0; u < side; u++) for (let v = 0; v < side; v++) if (radius(u, v) > highFrequency) outside++;
  return outside / side ** 2;
}

/** One per filter. @param kernel [h, w, in, filters], of at most 32 x 32 */
export function filterSpectra({ shape, data }: NamedWeight): Spectrum[] {
  const [height, width, from, filters] = shape as [number, number, number, number];
  return Array.from({ length: filters }, (_, filter) => {
    const power = new Float64Array(side * side);
    for (let channel = 0; channel < from; channel++) {
      const at = (y: number, x: number) => data[((y * width + x) * from + channel) * filters + filter]!;
      addPower(at, height, width, power);
    }
    return averaged(power);
  });
}

const cosines = Float64Array.from({ length: side }, (_, i) => Math.cos((2 * Math.PI * i) / side));
const sines = Float64Array.from({ length: side }, (_, i) => Math.sin((2 * Math.PI * i) / side));

/** Rows first, then columns: a transform of so few values needs no fast one. */
function addPower(at: (y: number, x: number) => number, height: number, width: number, power: Float64Array): void {
  const [real, imaginary] = [new Float64Array(height * side), new Float64Array(height * side)];
  for (let y = 0; y < height; y++) {
    for (let u = 0; u < side; u++) {
      for (let x = 0; x < width; x++) {
        real[y * side + u]! += at(y, x) * cosines[(u * x) % side]!;
        imaginary[y * side + u]! -= at(y, x) * sines[(u * x) % side]!;
      }
    }
  }
  for (let v = 0; v < side; v++) {
    for (let u = 0; u < side; u++) {
      let [re, im] = [0, 0];
      for (let y = 0; y < height; y++) {
        const [c, s] = [cosines[(v * y) % side]!, sines[(v * y) % side]!];
        re += real[y * side + u]! * c + imaginary[y * side + u]! * s;
        im += imaginary[y * side + u]! * c - real[y * side + u]! * s;
      }
      power[v * side + u]! += re * re + im * im;
    }
  }
}

function averaged(power: Float64Array): Spectrum {
  const [sums, counts] = [new Float64Array(frequencies.length), new Float64Array(frequencies.length)];
  let [all, high] = [0, 0];
  for (const [place, value] of power.entries()) {
    const frequency = radius(place % side, Math.floor(place / side));
    all += value;
    if (frequency > highFrequency) high += value;
    if (frequency > 0.5) continue;
    const bin = Math.round(frequency * side);
    sums[bin]! += value;
    counts[bin]!++;
  }
  return { power: Array.from(sums, (sum, bin) => sum / counts[bin]!), highShare: all === 0 ? null : high / all };
}

/** Cycles per pixel; the upper half of the indices are the negative frequencies. */
function radius(u: number, v: number): number {
  const signed = (index: number) => (index < side / 2 ? index : index - side) / side;
  return Math.hypot(signed(u), signed(v));
}
