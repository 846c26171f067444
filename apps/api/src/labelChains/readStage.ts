/** @file A stage's counts as they are asked for: typed in, a CSV table, or from stored labels. */
import { DomainError } from "@tessera/domain/errors";
import type { StageCounts } from "@tessera/domain/labelChain/chain";
import { countsOfCsv } from "@tessera/domain/labelChain/countsCsv";
import type { Context } from "../context.ts";
import type { LabelStageCountsInput, LabelStageSampleInput } from "./createLabelChain.input.ts";
import { classesOfVersions, stageOfVersions } from "./stageOfVersions.ts";

/** @param field of the input, for messages */
export async function readStage(
  context: Context,
  input: LabelStageCountsInput,
  classes: readonly string[],
  field: string,
): Promise<StageCounts> {
  const { samples, csv, versions, source, chosenBy, shares } = input;
  const given = [samples, csv, versions].filter((each) => each !== undefined && each !== null).length;
  if (given !== 1) {
    throw new DomainError("BAD_INPUT", `${field}: expected one of samples, csv and versions, got ${given}; give one`, {
      field,
    });
  }
  if (versions) {
    const own = await classesOfVersions(context, versions);
    if (JSON.stringify(own) !== JSON.stringify(classes)) {
      const message = `${field}.versions: expected the classes of the chain (${classes.join(", ")}), got ${own.join(", ")}; give the chain these classes, in this order`;
      throw new DomainError("BAD_INPUT", message, { field: `${field}.versions` });
    }
    return stageOfVersions(context, versions, { source, chosenBy, shares });
  }
  const counted: readonly Partial<LabelStageSampleInput>[] = csv ? countsOfCsv(csv, classes) : samples!;
  return {
    source: source?.trim() ?? "",
    origin: null,
    samples: counted.map((sample) => ({
      set: (sample.set ?? "").trim(),
      counts: sample.counts!,
      chosenBy: chosenBy ?? "before",
      shares: shares ?? null,
      designEffects: sample.designEffects ?? null,
    })),
  };
}
