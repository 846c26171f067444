import type { Baseline, HeatmapMethod } from "@tessera/domain/inspections/heatmaps";
import { Field, InputType } from "type-graphql";
import { GuardedMapsInput } from "../guardedMaps.input.ts";
import { HeatmapBaselineEnum, HeatmapMethodEnum } from "./enums.ts";

@InputType({
  description: "Heatmaps of a classification run, with the checks of every method. What is left out has a default",
})
export class InspectHeatmapsInput extends GuardedMapsInput {
  @Field(() => [HeatmapMethodEnum], { nullable: true, description: "All where left out" })
  readonly methods?: readonly HeatmapMethod[] | null;

  @Field(() => HeatmapBaselineEnum, { nullable: true, description: "MEAN where left out" })
  readonly baseline?: Baseline | null;
}
