/** @file What to know when reading a noise board, a sentence each. */
import type { ExperimentExtension } from "@tessera/store/experimentExtensions";
import type { Task } from "@tessera/store/labelSchemas";
import { lookedNotes, manyNote } from "../transferStudies/boardNotes.ts";
import type { StudiedNoise } from "./noiseStudyBoard.type.ts";

interface Input {
  readonly noises: readonly StudiedNoise[];
  readonly task: Task;
  /** Judged on the board. */
  readonly differences: number;
  readonly extensions: readonly ExperimentExtension[];
}

export function boardNotes({ noises, task, differences, extensions }: Input): string[] {
  const notes = [
    "All methods and seeds learn from one corrupted set per level: the intervals are over trainings, not over other draws of the noise.",
    "The best checkpoint is chosen on validation labels with the noise of training, as a researcher would have them; the curves are scored on the labels without noise.",
  ];
  if (noises.some(({ evaluationLevels }) => evaluationLevels.length > 1)) {
    notes.push("Scores on noisy labels are further scorings of the test fold by the same runs: the first, without noise, is never replaced.");
    if (task === "segmentation") {
      notes.push("A mask that the noise emptied has no Dice where nothing was predicted and 0 where something was; n may differ between columns.");
    } else {
      notes.push("A corrected AUC is shown for symmetric noise alone; other scores and kinds of noise have no correction that asks for no more than is known.");
    }
  }
  const many = manyNote(differences, "differences in area");
  return [...notes, ...(many === null ? [] : [many]), ...lookedNotes(extensions)];
} // biome-ignore format: short
