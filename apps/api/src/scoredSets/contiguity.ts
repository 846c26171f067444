/** @file The board of pieces and holes: every arm, the worst predictions, and post-processing. */
import { contiguityArm, contiguityConvention, contiguityGallery } from "@tessera/analysis/segmentation/contiguityBoard";
import { mapFacts } from "@tessera/analysis/segmentation/itemFacts";
import type { Context } from "../context.ts";
import { fileUrl } from "../graphql/fileUrl.ts";
import type { ContiguityBoard } from "./contiguityBoard.type.ts";
import { factsOf } from "./facts.ts";
import { postProcessingOf } from "./postProcessing.ts";
import type { ScoredSet } from "./scoredSet.type.ts";
import { boardOf, chosenOf, isMeasured, type SetFacts } from "./setFacts.ts";

export async function assembleContiguity(
  context: Context,
  set: ScoredSet,
  classIndex: number,
): Promise<ContiguityBoard> {
  const facts = await factsOf(context, set);
  const shown = await boardOf(facts, ["contiguity", classIndex], () => armsAndGallery(facts, set, classIndex));
  return {
    convention: contiguityConvention,
    ...shown,
    postProcessing: await postProcessingOf(context, set, classIndex),
  };
}

function armsAndGallery(
  { arms }: SetFacts,
  { sources }: ScoredSet,
  classIndex: number,
): Pick<ContiguityBoard, "arms" | "gallery"> {
  const measured = chosenOf(arms, classIndex, isMeasured);
  const inPieces = measured.map((arm) =>
    mapFacts(arm, ({ counts, measured: { contiguity } }) => ({ counts, contiguity })),
  );
  const gallery = contiguityGallery(inPieces).map((item) => {
    const at = sources.findIndex(({ name }) => name === item.arm);
    const { runId } = sources[at]!.runs.find(({ seed }) => seed === item.seed)!;
    const run = measured[at]!.runs.find(({ seed }) => seed === item.seed)!;
    const { predictionSha256 } = run.items.get(item.itemId)![0]!;
    return { ...item, runId, predictionUrl: fileUrl(predictionSha256) };
  });
  return { arms: inPieces.map(contiguityArm), gallery };
}
