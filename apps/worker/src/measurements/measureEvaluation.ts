/**
 * @file The masks of an evaluation, measured and stored batch by batch. May be killed anywhere and begun again: what is stored
 * is not measured again, and a truth that another evaluation has profiled is not profiled again.
 */
import { DomainError } from "@tessera/domain/errors";
import { squareSpacing } from "@tessera/domain/spacing";
import { type Annotation, annotationsByItems } from "@tessera/store/annotations";
import type { Database } from "@tessera/store/database";
import {
  type ClaimedMeasurement,
  storeMeasures,
  type UnmeasuredItem,
  unmeasuredItems,
} from "@tessera/store/measuringQueue";
import type { Held } from "../leased.ts";
import type { MaskFiles } from "./maskFiles.ts";
import type { Measurer } from "./measurer.ts";
import type { Measured } from "./operations.ts";
import { eachItem, type Problem } from "./problems.ts";

export interface Measuring {
  readonly database: Database;
  readonly teamId: string;
  readonly claimed: ClaimedMeasurement;
  readonly held: Held;
  readonly files: MaskFiles;
  readonly measurer: Measurer;
  /** Told after each batch that is stored. */
  readonly onStored: (items: number) => void;
}

const batchSize = 20;
/** More would cost more than the picture of how readers differ gains. */
const mostReaders = 6;

type MeasuredClass = Measured & { readonly itemId: string; readonly classIndex: number };

/** @returns the items that could not be measured; the others are stored. */
export async function measureEvaluation(measuring: Measuring): Promise<Problem[]> {
  const { database, teamId, claimed, held, onStored } = measuring;
  const { evaluationId, attempt } = claimed;
  const asTeam: Database["asTeam"] = (team, work) => held.patiently(() => database.asTeam(team, work));
  const rows = await asTeam(teamId, (sql) => unmeasuredItems(sql, teamId, claimed));
  const items = [...Map.groupBy(rows, ({ itemId }) => itemId).values()];
  const problems: Problem[] = [];
  for (let start = 0; start < items.length; start += batchSize) {
    const batch = items.slice(start, start + batchSize);
    const ids = batch.map(([row]) => row!.itemId);
    const opinions = await asTeam(teamId, (sql) => annotationsByItems(sql, teamId, ids));
    const done = await eachItem(held.signal, batch, nameOf, (item, i) => measureItem(measuring, item, opinions[i]!));
    problems.push(...done.problems);
    const measured = done.values.flat();
    const measures = measured.map(({ itemId, classIndex, measures }) => ({ itemId, classIndex, measures }));
    const profiles = measured.flatMap(({ itemId, classIndex, profile }) =>
      profile === null ? [] : [{ itemId, classIndex, profile }],
    );
    await held.patiently(() => storeMeasures(database, { teamId, evaluationId, attempt, measures, profiles }));
    onStored(done.values.length);
  }
  return problems;
}

const nameOf = ([row]: readonly UnmeasuredItem[]) => row!.itemName;

/** @param rows one per class of the item that is not measured yet. @param opinions all on the item, oldest first */
async function measureItem(
  { claimed, files, measurer }: Measuring,
  rows: readonly UnmeasuredItem[],
  opinions: readonly Annotation[],
): Promise<MeasuredClass[]> {
  const { itemId, itemSha256, maskSha256, predictionSha256 } = rows[0]!;
  const { size, schemaId } = claimed;
  if (maskSha256 === null) throw new DomainError("CONFLICT", "the label version has no label for it");
  const truths = await files.read(maskSha256, "the label's mask");
  const predictions = await files.read(predictionSha256, "the predicted mask");
  const readers: { reader: string; masks: Uint8Array[] }[] = [];
  if (rows.some(({ profiled }) => !profiled)) {
    for (const { reader, maskSha256 } of newestOfReaders(opinions, schemaId)) {
      if (maskSha256 === null) continue;
      readers.push({ reader, masks: await files.read(maskSha256, `the mask of reader "${reader}"`) });
    }
  }
  const spacing = squareSpacing(rows[0]!, size);
  const measured: MeasuredClass[] = [];
  for (const { classIndex, profiled } of rows) {
    const [truth, prediction] = [truths[classIndex], predictions[classIndex]];
    if (!truth || !prediction) throw new DomainError("CONFLICT", `the label schema has no class ${classIndex}`);
    const profile = profiled
      ? null
      : { seed: itemSha256, readers: readers.map(({ reader, masks }) => ({ reader, mask: masks[classIndex]! })) };
    const result = await measurer.measure({ truth, prediction, size, spacing, profile });
    measured.push({ itemId, classIndex, ...result });
  }
  return measured;
}

/** None where there are not several. In the order of their names, so that a profile does not depend on who came first. */
function newestOfReaders(opinions: readonly Annotation[], schemaId: string): Annotation[] {
  const ofSchema = opinions.filter((each) => each.schemaId === schemaId && each.madeBy === null);
  const newest = [...new Map(ofSchema.map((each) => [each.reader, each])).values()];
  if (newest.length < 2) return [];
  return newest.sort((a, b) => (a.reader < b.reader ? -1 : 1)).slice(0, mostReaders);
}
