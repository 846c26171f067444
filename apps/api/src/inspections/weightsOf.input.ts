import type { WeightTime } from "@tessera/domain/inspections/inspection";
import { GraphQLUUID } from "graphql-scalars";
import { Field, InputType } from "type-graphql";
import { WeightTimeEnum } from "./weightTime.enum.ts";

@InputType({ description: "A run's weights at one time" })
export class WeightsOfInput {
  @Field(() => GraphQLUUID)
  readonly runId!: string;

  @Field(() => WeightTimeEnum)
  readonly at!: WeightTime;
}
