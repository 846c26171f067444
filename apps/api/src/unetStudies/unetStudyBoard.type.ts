import type { Fold } from "@tessera/domain/words";
import { Field, ObjectType } from "type-graphql";
import { FoldEnum } from "../graphql/enums.ts";
import { Metric } from "../scoredSets/metric.type.ts";
import { UNetStudyArm } from "./unetStudyArm.type.ts";
import { UNetStudyFactor } from "./unetStudyFactor.type.ts";

@ObjectType({
  description:
    "What depth, skips and loss buy: main effects over the arms that differ in one factor alone, from paired seed means",
})
export class UNetStudyBoard {
  @Field(() => FoldEnum)
  readonly fold!: Fold;

  @Field(() => [Metric])
  readonly metrics!: readonly Metric[];

  @Field(() => [UNetStudyFactor], { description: "Those with two levels or more" })
  readonly factors!: readonly UNetStudyFactor[];

  @Field(() => [UNetStudyArm])
  readonly arms!: readonly UNetStudyArm[];
}
