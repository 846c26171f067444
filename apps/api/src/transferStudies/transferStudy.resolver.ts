import { expandGrid } from "@tessera/domain/configuration/grid";
import { transferStudyGrid, transferStudyOf } from "@tessera/domain/study/transferStudy";
import type { Fold } from "@tessera/domain/words";
import type { Experiment as ExperimentRow } from "@tessera/store/experiments";
import { GraphQLJSONObject } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Float, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Experiment } from "../experiments/experiment.type.ts";
import { FoldEnum } from "../graphql/enums.ts";
import { Needs } from "../graphql/needs.ts";
import { CreateTransferStudyInput } from "./createTransferStudy.input.ts";
import { startTransferStudy } from "./startTransferStudy.ts";
import { TransferArmInput } from "./transferArm.input.ts";
import { transferBoard } from "./transferBoard.ts";
import { TransferBoard } from "./transferBoard.type.ts";
import { TransferStudyGridArm } from "./transferStudyGridArm.type.ts";

@Resolver(() => Experiment)
export class TransferStudyResolver {
  @Needs("viewer")
  @Query(() => [TransferStudyGridArm], {
    description:
      "What createTransferStudy would train, per seed; refuses as it does, but does not look for the weights",
  })
  transferStudyGrid(
    @Arg("base", () => GraphQLJSONObject) base: Record<string, unknown>,
    @Arg("arms", () => [TransferArmInput]) arms: TransferArmInput[],
    @Arg("fractions", () => [Float]) fractions: number[],
  ): TransferStudyGridArm[] {
    return expandGrid(base, transferStudyGrid({ arms, fractions }), [0]).map(({ arm, configuration }) => ({
      name: arm,
      fraction: configuration.trainingFraction,
      configuration: { ...configuration },
    }));
  }

  @Needs("researcher")
  @Mutation(() => Experiment, {
    description:
      "An experiment over starting weights x fractions x seeds, one run each. Called again under the same name with more arms, fractions or seeds it queues the runs that are missing in the full grid; nothing is taken away. Other weights under an arm's name, or another question, label version, split, base or margin, are refused",
  })
  createTransferStudy(
    @Arg("input", () => CreateTransferStudyInput) input: CreateTransferStudyInput,
    @Ctx() context: Context,
  ) {
    return startTransferStudy(context, input);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether the arms are starting weights x fractions, one of them random",
  })
  isTransferStudy(@Root() { arms, base }: ExperimentRow): boolean {
    return transferStudyOf(arms, base) !== null;
  }

  @FieldResolver(() => TransferBoard, {
    nullable: true,
    description: "Null where the arms are no transfer study. Gaps are null before runs are scored",
  })
  async transferStudy(
    @Root() experiment: ExperimentRow,
    @Arg("fold", () => FoldEnum, { defaultValue: FoldEnum.TEST }) fold: Fold,
    @Arg("metric", () => String, {
      nullable: true,
      description:
        "auc, accuracy, ... of classification; dice, iou, precision, sensitivity or volumeError of segmentation. Without: auc or dice",
    })
    metric: string | null,
    @Ctx() context: Context,
  ): Promise<TransferBoard | null> {
    const study = transferStudyOf(experiment.arms, experiment.base);
    return study && transferBoard(context, { experiment, study, fold, metric: metric ?? null });
  }
}
