import type { ItemChoice } from "@tessera/domain/inspections/guardedRequest";
import { GraphQLUUID } from "graphql-scalars";
import { Field, InputType, Int } from "type-graphql";
import { HeatmapItemChoiceEnum } from "./heatmaps/enums.ts";

/** What every inspection that shows maps under guard is asked. */
@InputType()
export abstract class GuardedMapsInput {
  @Field(() => GraphQLUUID)
  readonly runId!: string;

  @Field(() => HeatmapItemChoiceEnum, {
    nullable: true,
    description: "CONFIDENT_RIGHT where left out, NAMED where itemIds are given",
  })
  readonly choice?: ItemChoice | null;

  @Field(() => [GraphQLUUID], {
    nullable: true,
    description: "At most 16, of any fold: test items are looked at only where they are named here",
  })
  readonly itemIds?: readonly string[] | null;

  @Field(() => Int, { nullable: true, description: "Items to choose, at most 16; 6 where left out" })
  readonly count?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Left out: of each item the class that the run finds most probable",
  })
  readonly classIndex?: number | null;

  @Field(() => Int, { nullable: true, description: "Validation items that the checks are made on; 12 where left out" })
  readonly guardItems?: number | null;

  @Field(() => Int, { nullable: true, description: "Networks of random weights; 8 where left out" })
  readonly draws?: number | null;

  @Field(() => Int, { nullable: true, description: "Updates of a model on permuted labels; 300 where left out" })
  readonly labelSteps?: number | null;

  @Field(() => GraphQLUUID, {
    nullable: true,
    description: "A run of the same architecture whose labels mean nothing, instead of training one here",
  })
  readonly labelRandomisedRunId?: string | null;
}
