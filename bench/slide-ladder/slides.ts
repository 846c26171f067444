/** @file The synthetic slides of the ladder on disk, and where their tumour is; written once per witness rate. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Bar } from "@tessera/cli/terminal";
import { openImaging } from "@tessera/imaging/client";
import { type SlideSetOptions, writeSlideSet } from "@tessera/synthetic/slides/slideSet";

export type SlideRules = Pick<SlideSetOptions, "slides" | "width" | "height" | "cell" | "seed">;

export interface PlantedSlide {
  readonly name: string;
  readonly columns: number;
  /** Cells, row by row. */
  readonly tissue: number;
  /** Places of the cells that are tumour. */
  readonly tumour: readonly number[];
}

/** @returns the folder to import, and the truth of every slide in it */
export async function slideSet(rules: SlideRules, witnessRate: number) {
  const folder = resolve(".tessera", `slide-ladder-${witnessRate}-${rules.slides}x${rules.width}x${rules.seed}`);
  const truthFile = `${folder}.json`;
  if (!existsSync(truthFile)) {
    const imaging = openImaging();
    const bar = new Bar();
    try {
      const truths = await writeSlideSet({
        ...{ ...rules, witnessRate, directory: join(folder), imaging },
        onProgress: (done, total) => bar.show(`Painting slides at ${100 * witnessRate} %`, done, total),
      });
      writeFileSync(truthFile, JSON.stringify(truths.map(planted))); // last: what is there is whole
    } finally {
      bar.end();
      await imaging.close();
    }
  }
  return { folder, truths: JSON.parse(readFileSync(truthFile, "utf8")) as readonly PlantedSlide[] };
}

const planted = ({
  name,
  columns,
  tissue,
  tumour,
}: Awaited<ReturnType<typeof writeSlideSet>>[number]): PlantedSlide => ({
  ...{ name, columns },
  tissue: tissue.reduce((sum, value) => sum + value, 0),
  tumour: [...tumour.keys()].filter((at) => tumour[at] === 1),
});
