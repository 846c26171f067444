/**
 * @file How far the features themselves tell a planted tile: the AUC of single tiles along the line between the two means, found on half of the
 * slides and scored on the others. No pooling and no network; where this is at 0.5, no ladder can be climbed.
 */

import { rank } from "@tessera/analysis/classification/ranking";
import { auc } from "@tessera/analysis/classification/roc";
import { type BagFeatures, decodeBag } from "@tessera/domain/bags/npy";
import { decodeManifest } from "@tessera/domain/slides/manifest";
import type { SlideBags } from "./bags.ts";
import type { PlantedSlide } from "./slides.ts";

interface Server {
  readonly url: string;
  readonly token: string;
}

export interface TileSignal {
  /** Null without a tile of tumour on either half. */
  readonly auc: number | null;
  readonly tumourTiles: number;
  readonly tiles: number;
  /** Bags with tumour: the share of their tiles that is. */
  readonly meanRate: number;
}

export async function tileSignal(
  { results }: Pick<SlideBags, "results">,
  truths: readonly PlantedSlide[],
  cell: number,
  server: Server,
): Promise<TileSignal> {
  const halves = [new Means(), new Means()] as const;
  const read = async (path: string) => {
    const answer = await fetch(server.url + path, { headers: { authorization: `Bearer ${server.token}` } });
    return new Uint8Array(await answer.arrayBuffer());
  };
  const slides: { bag: BagFeatures; isTumour: boolean[]; part: number }[] = [];
  for (const [index, { name, manifestUrl, bagUrl }] of results.entries()) {
    const { columns, tumour } = truths.find((truth) => truth.name === name)!;
    const { tiles } = decodeManifest(await read(manifestUrl));
    const planted = new Set(tumour);
    const isTumour = tiles.x.map((x, at) =>
      planted.has(Math.round(tiles.y[at]! / cell) * columns + Math.round(x / cell)),
    );
    const part = Math.floor(index / 4) % 2; // of four slides two have tumour, and no subject is on both sides
    const bag = decodeBag(await read(bagUrl));
    slides.push({ bag, isTumour, part });
    halves[part]!.add(bag, isTumour);
  }
  const line = halves[0].direction();
  const [truth, scores]: [number[], number[]] = [[], []];
  for (const { bag, isTumour } of slides.filter(({ part }) => part === 1)) {
    for (const [tile, is] of isTumour.entries()) {
      let score = 0;
      for (let i = 0; i < bag.features; i++) score += line[i]! * bag.values[tile * bag.features + i]!;
      truth.push(Number(is));
      scores.push(score);
    }
  }
  const withTumour = slides.filter(({ isTumour }) => isTumour.includes(true));
  const rates = withTumour.map(({ isTumour }) => isTumour.filter(Boolean).length / isTumour.length);
  return {
    auc: auc(rank(truth, scores)),
    tumourTiles: truth.reduce((sum, value) => sum + value, 0),
    tiles: truth.length,
    meanRate: rates.reduce((sum, rate) => sum + rate, 0) / Math.max(1, rates.length),
  };
}

/** Sums of both kinds of tiles, feature by feature. */
class Means {
  private readonly counts = [0, 0];
  private readonly sums: [number[], number[]] = [[], []];
  private readonly squares: number[] = [];

  add({ tiles, features, values }: BagFeatures, isTumour: readonly boolean[]): void {
    for (let tile = 0; tile < tiles; tile++) {
      const kind = isTumour[tile] ? 1 : 0;
      this.counts[kind]!++;
      for (let i = 0; i < features; i++) {
        const value = values[tile * features + i]!;
        this.sums[kind]![i] = (this.sums[kind]![i] ?? 0) + value;
        if (kind === 0) this.squares[i] = (this.squares[i] ?? 0) + value * value;
      }
    }
  }

  /** Tumour less healthy, over the healthy tiles' variance: Fisher's line with a diagonal covariance. */
  direction(): number[] {
    const [healthy, tumour] = this.counts as [number, number];
    return this.sums[0].map((sum, i) => {
      const middle = sum / healthy;
      const variance = this.squares[i]! / healthy - middle * middle;
      return ((this.sums[1][i] ?? 0) / Math.max(1, tumour) - middle) / (variance + 1e-6);
    });
  }
}
