/** @file The board of pieces and holes: every arm, the worst predictions, and post-processing. */
import { contiguityArm, contiguityConvention, contiguityGallery } from "@tessera/analysis/segmentation/contiguityBoard";
import type { Context } from "../context.ts";
import { fileUrl } from "../graphql/fileUrl.ts";
import type { ContiguityBoard } from "./contiguityBoard.type.ts";
import { factsOf } from "./facts.ts";
import { postProcessingOf } from "./postProcessing.ts";
import type { ScoredSet } from "./scoredSet.type.ts";
import { chosenOf, isMeasured } from "./setFacts.ts";

export async function assembleContiguity(
  context: Context,
  set: ScoredSet,
  classIndex: number,
): Promise<ContiguityBoard> {
  const { arms } = await factsOf(context, set);
  const measured = chosenOf(arms, classIndex, isMeasured);
  const inPieces = measured.map(({ name, runs }) => ({
    name,
    runs: runs.map(({ seed, items }) => ({
      seed,
      items: new Map(
        [...items].map(([id, classes]) => [
          id,
          classes.map(({ counts, measured: { contiguity } }) => ({ counts, contiguity })),
        ]),
      ),
    })),
  }));
  const shown = contiguityGallery(inPieces).map((item) => {
    const at = set.sources.findIndex(({ name }) => name === item.arm);
    const { runId } = set.sources[at]!.runs.find(({ seed }) => seed === item.seed)!;
    const run = measured[at]!.runs.find(({ seed }) => seed === item.seed)!;
    const { predictionSha256 } = run.items.get(item.itemId)![0]!;
    return { ...item, runId, predictionUrl: fileUrl(predictionSha256) };
  });
  return {
    convention: contiguityConvention,
    arms: inPieces.map(contiguityArm),
    postProcessing: await postProcessingOf(context, set, classIndex),
    gallery: shown,
  };
}
