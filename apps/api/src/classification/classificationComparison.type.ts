import type { Fold } from "@tessera/domain/words";
import { Field, Int, ObjectType } from "type-graphql";
import { ArmScore } from "../comparison/armScore.type.ts";
import { Difference } from "../comparison/difference.type.ts";
import { Interval } from "../comparison/interval.type.ts";
import { PairedSeed } from "../comparison/pairedSeed.type.ts";
import { FoldEnum } from "../graphql/enums.ts";
import { AucTest } from "./aucTest.type.ts";
import { ClassificationMetric } from "./classificationMetric.type.ts";

@ObjectType({ description: "Two arms of classification runs in one metric, on the same items" })
export class ClassificationComparison {
  @Field(() => FoldEnum)
  readonly fold!: Fold;

  @Field(() => ClassificationMetric)
  readonly metric!: ClassificationMetric;

  @Field(() => ArmScore)
  readonly armA!: ArmScore;

  @Field(() => ArmScore)
  readonly armB!: ArmScore;

  @Field(() => Difference, {
    description: "The experiment's equivalence margin is of AUC: in another metric EQUIVALENT is never given",
  })
  readonly difference!: Difference;

  @Field(() => [PairedSeed])
  readonly perSeed!: readonly PairedSeed[];

  @Field(() => [Int], { description: "Left out of the difference: seeds that one arm alone has a value for" })
  readonly unpairedSeeds!: readonly number[];

  @Field(() => Int, { description: "Items left out of the difference: not scored in every paired run" })
  readonly itemsLeftOut!: number;

  @Field(() => Interval, {
    nullable: true,
    description:
      "Bootstrap over items alone: these runs only, never a verdict. Null where the metric is no mean over items",
  })
  readonly theseRunsOnly!: Interval | null;

  @Field(() => [AucTest], { description: "Per class that is scored, of the runs of one seed" })
  readonly aucTests!: readonly AucTest[];
}
