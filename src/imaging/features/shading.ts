/** @file A look at a bag's numbers for the eye alone: rows and columns far apart, each column from its least (black) to its most (white). */
import type { FeatureShape } from "@tessera/domain/bags/featureFile";

export interface Shades {
  readonly width: number;
  readonly height: number;
  /** [height*width] */
  readonly grey: Uint8Array;
}

const mostSide = 256;

export class Shading {
  private readonly rows: number[];
  private readonly columns: number[];
  private readonly values: Float32Array;
  private readonly features: number;

  constructor({ tiles, features }: FeatureShape) {
    const spread = (count: number) => {
      const taken = Math.min(count, mostSide);
      return Array.from({ length: taken }, (_, at) => Math.floor((at * count) / taken));
    };
    this.features = features;
    this.rows = spread(tiles);
    this.columns = spread(features);
    this.values = new Float32Array(this.rows.length * this.columns.length);
  }

  /** @param part [rows*features], of which the first row is the bag's row `from` */
  take(from: number, part: Float32Array): void {
    const to = from + part.length / this.features;
    for (const [place, row] of this.rows.entries()) {
      if (row < from || row >= to) continue;
      for (const [at, column] of this.columns.entries()) {
        this.values[place * this.columns.length + at] = part[(row - from) * this.features + column]!;
      }
    }
  }

  shades(): Shades {
    const [width, height] = [this.columns.length, this.rows.length];
    const grey = new Uint8Array(this.values.length);
    for (let column = 0; column < width; column++) {
      const all = this.rows.map((_, row) => this.values[row * width + column]!);
      const [least, most] = [Math.min(...all), Math.max(...all)];
      for (const [row, value] of all.entries()) {
        grey[row * width + column] = most === least ? 0 : Math.round((255 * (value - least)) / (most - least));
      }
    }
    return { width, height, grey };
  }
}
