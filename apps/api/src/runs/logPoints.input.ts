import { GraphQLUUID } from "graphql-scalars";
import { Field, InputType, Int } from "type-graphql";
import { SeriesPointsInput } from "./seriesPoints.input.ts";

@InputType()
export class LogPointsInput {
  @Field(() => GraphQLUUID)
  readonly runId!: string;

  @Field(() => Int)
  readonly attempt!: number;

  @Field(() => Int, { description: "Counts the batches of this attempt from 1; a repeated one is not applied again" })
  readonly sequence!: number;

  @Field(() => [SeriesPointsInput])
  readonly points!: SeriesPointsInput[];
}
