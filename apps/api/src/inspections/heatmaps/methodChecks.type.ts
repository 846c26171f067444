import type { CascadeStep, GuardCheck, GuardVerdict, MapsAlike, Similarities } from "@tessera/domain/inspections/guard";
import type { HeatmapMethod, Localisation } from "@tessera/domain/inspections/heatmaps";
import { Field, Int, ObjectType } from "type-graphql";
import { GuardVerdictEnum, HeatmapMethodEnum } from "./enums.ts";
import { HeatmapGuardCheck, HeatmapLabelCheck } from "./guardCheck.type.ts";
import { HeatmapLocalisation } from "./localisation.type.ts";
import { MapSimilarities } from "./similarities.type.ts";

@ObjectType({ description: "The trained network with random weights down to one block: means over items" })
export class HeatmapCascadeStep {
  @Field(() => String, { description: "The last of the blocks that are random; all between it and the head are, too" })
  readonly block!: string;

  @Field(() => MapSimilarities, { description: "Of the maps of the same item" })
  readonly similarity!: Similarities;

  @Field(() => MapSimilarities, { description: "Of maps of different items" })
  readonly chance!: Similarities;
}

/** Of every kind of map under guard. */
@ObjectType()
export abstract class MapChecks {
  @Field(() => GuardVerdictEnum, { description: "The worst of the two checks" })
  readonly verdict!: GuardVerdict;

  @Field(() => Int, { description: "Items whose map shows something: these are compared" })
  readonly items!: number;

  @Field(() => Int, { description: "Items whose map is the same everywhere" })
  readonly blank!: number;

  @Field(() => [HeatmapCascadeStep], { description: "From the head downwards" })
  readonly cascade!: readonly CascadeStep[];

  @Field(() => HeatmapGuardCheck, { nullable: true, description: "Null: fewer than two maps show something" })
  readonly weights!: GuardCheck | null;

  @Field(() => HeatmapLabelCheck, { nullable: true, description: "Null: fewer than two maps show something" })
  readonly labels!: (GuardCheck & MapsAlike) | null;
}

@ObjectType({ description: "What a method's maps have to do with the model: docs/decisions/0033" })
export class HeatmapMethodChecks extends MapChecks {
  @Field(() => HeatmapMethodEnum)
  readonly method!: HeatmapMethod;

  @Field(() => HeatmapLocalisation, { nullable: true, description: "Null: no item has a mask" })
  readonly localisation!: Localisation | null;
}
