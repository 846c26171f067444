import type { PositionRule } from "@tessera/domain/inspections/featureReuse";
import { Field, InputType, Int } from "type-graphql";
import { WeightsOfInput } from "../weightsOf.input.ts";
import { PositionRuleEnum } from "./enums.ts";

@InputType({ description: "Two sets of weights whose features are compared block by block" })
export class InspectFeatureReuseInput {
  @Field(() => WeightsOfInput)
  readonly a!: WeightsOfInput;

  @Field(() => WeightsOfInput)
  readonly b!: WeightsOfInput;

  @Field(() => Int, { nullable: true, description: "Validation items of a's run, at most; 256 where left out" })
  readonly items?: number | null;

  @Field(() => PositionRuleEnum, { nullable: true, description: "AVERAGE where left out" })
  readonly positions?: PositionRule | null;

  @Field(() => Int, { nullable: true, description: "Of each null; 20 where left out" })
  readonly draws?: number | null;
}
