import { type PlantedErrors as PlantedRow, plantedErrors } from "@tessera/analysis/labelErrors/plantedErrors";
import type { Experiment as ExperimentRow } from "@tessera/store/experiments";
import { decodeCursor, pageOf } from "@tessera/store/page";
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Experiment } from "../experiments/experiment.type.ts";
import { connection, pageArgs, pageLimits } from "../graphql/connection.ts";
import { fileUrl } from "../graphql/fileUrl.ts";
import { found } from "../graphql/found.ts";
import { Item } from "../items/item.type.ts";
import { Label } from "../items/label.type.ts";
import { LabelVersion } from "../labelVersions/labelVersion.type.ts";
import { conflictingCopies } from "./conflictingCopies.ts";
import { foundErrors } from "./foundErrors.ts";
import { LabelErrors, LabelScoreEnum, PlantedErrors } from "./labelErrors.type.ts";
import type { FoundErrors, LabelScore, Suspect } from "./suspect.ts";
import { SuspectLabel, SuspectLabelConnection } from "./suspectLabel.type.ts";

interface Board extends FoundErrors {
  readonly labelVersionId: string;
  readonly datasetId: string;
}

type Row = Suspect & {
  readonly place: number;
  readonly isPlanted: boolean | null;
  readonly labelVersionId: string;
  readonly originalVersionId: string | null;
  /** Of every item that has a copy whose label contradicts; searched for when first asked. */
  readonly copies: () => Promise<ReadonlyMap<string, readonly string[]>>;
};

@Resolver(() => Experiment)
export class LabelErrorsOfExperimentResolver {
  @FieldResolver(() => LabelErrors, {
    nullable: true,
    description:
      "From out-of-fold predictions: null where the experiment is not cross-validated, and before a repeat is whole",
  })
  async labelErrors(
    @Root() experiment: ExperimentRow,
    @Arg("arm", () => String, { nullable: true, description: "Without one: the first" }) arm: string | null | undefined,
    @Arg("score", () => LabelScoreEnum, {
      nullable: true,
      description: "Without one: SELF_CONFIDENCE; of masks MASK_QUALITY, or DICE where there are no probabilities",
    })
    score: LabelScore | null | undefined,
    @Ctx() context: Context,
  ): Promise<LabelErrors | null> {
    const errors = await foundErrors(context, experiment, { arm: arm ?? null, score: score ?? null });
    const { labelVersionId, datasetId } = experiment;
    return errors && ({ ...errors, labelVersionId, datasetId } as LabelErrors);
  }
}

@Resolver(() => LabelErrors)
export class LabelErrorsResolver {
  @FieldResolver(() => LabelVersion, { description: "Whose labels these are" })
  labelVersion(@Root() { labelVersionId }: Board, @Ctx() { loaders }: Context) {
    return loaders.labelVersion.load(labelVersionId);
  }

  @FieldResolver(() => PlantedErrors, { nullable: true, description: "Null: not made by noise, so nobody knows" })
  planted(@Root() { planted, suspects }: Board): PlantedRow | null {
    if (planted === null) return null;
    return plantedErrors(
      suspects.map(({ quality, isIssue }, at) => ({ quality, isIssue, isPlanted: planted.isPlanted[at]! })),
    );
  }

  @FieldResolver(() => SuspectLabelConnection, {
    description: "The most suspect first, by `score`; without items that the caller is yet to read blind",
  })
  async suspects(
    @Root() { suspects, planted, labelVersionId, datasetId }: Board,
    @Arg("first", () => Int, { defaultValue: pageLimits.usual }) first: number,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("classIndex", () => Int, {
      nullable: true,
      description: "Of exclusive classes the given or the suggested one",
    })
    classIndex: number | null | undefined,
    @Arg("given", () => Int, { nullable: true }) given: number | null | undefined,
    @Arg("suggested", () => Int, { nullable: true }) suggested: number | null | undefined,
    @Arg("onlyIssues", () => Boolean, { defaultValue: false, description: "Only labels held to be wrong" })
    onlyIssues: boolean,
    @Arg("onlyConflicting", () => Boolean, {
      defaultValue: false,
      description: "Only items with a copy whose label contradicts",
    })
    onlyConflicting: boolean,
    @Ctx() context: Context,
  ) {
    const page = pageArgs(first, after);
    let searched: ReturnType<Row["copies"]> | undefined;
    const copies = () => (searched ??= conflictingCopies(context, { datasetId, labelVersionId }));
    const contradicted = onlyConflicting ? await copies() : null;
    const is = (asked: number | null | undefined, value: number | null) => asked == null || asked === value;
    const { loaders } = context;
    const version = found(await loaders.labelVersion.load(labelVersionId), "label version", labelVersionId);
    const blind = await loaders.blindItems.load(version.schemaId);
    const rows = suspects.map(
      (each, at): Row => ({
        ...each,
        place: at + 1,
        isPlanted: planted && planted.isPlanted[at]!,
        labelVersionId,
        originalVersionId: planted?.originalVersionId ?? null,
        copies,
      }),
    );
    const chosen = rows.filter(
      (row) =>
        !blind.has(row.itemId) &&
        (row.classIndex === null
          ? is(classIndex, row.given) || is(classIndex, row.suggested)
          : is(classIndex, row.classIndex)) &&
        is(given, row.given) &&
        is(suggested, row.suggested) &&
        (!onlyIssues || row.isIssue === true) &&
        (contradicted === null || contradicted.has(row.itemId)),
    );
    const from = Number(decodeCursor(page.after, 1)?.[0] ?? 0);
    const rest = chosen.filter(({ place }) => place > from).slice(0, page.first + 1);
    return connection(
      pageOf(rest, page.first, chosen.length, ({ place }) => [String(place)]),
      page.after,
    );
  }
}

@Resolver(() => SuspectLabel)
export class SuspectLabelResolver {
  @FieldResolver(() => Item)
  item(@Root() { itemId }: Row, @Ctx() { loaders }: Context) {
    return loaders.item.load(itemId);
  }

  @FieldResolver(() => Label, { description: "As given" })
  async label(@Root() { itemId, labelVersionId }: Row, @Ctx() context: Context) {
    return labelOf(context, labelVersionId, itemId);
  }

  @FieldResolver(() => Label, { nullable: true, description: "Before noise was put on it; null: not made by noise" })
  async original(@Root() { itemId, originalVersionId }: Row, @Ctx() context: Context) {
    return originalVersionId === null ? null : labelOf(context, originalVersionId, itemId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "PNG of the out-of-fold mask, of the first repeat; null: classes",
  })
  predictionUrl(@Root() { predictionSha256 }: Row) {
    return predictionSha256 && fileUrl(predictionSha256);
  }

  @FieldResolver(() => [Item], { description: "Copies of this picture whose label contradicts this one's" })
  async conflictingCopies(@Root() { itemId, copies }: Row, @Ctx() { loaders }: Context) {
    return loaders.item.loadMany([...((await copies()).get(itemId) ?? [])]);
  }
}

async function labelOf({ loaders }: Context, labelVersionId: string, itemId: string) {
  const [label, item] = await Promise.all([loaders.labels(labelVersionId).load(itemId), loaders.item.load(itemId)]);
  return label && item && { ...label, imagePixels: item.width * item.height };
}
