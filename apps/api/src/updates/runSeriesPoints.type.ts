import { GraphQLUUID } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import { SeriesPoints } from "../runs/seriesPoints.type.ts";

@ObjectType()
export class RunSeriesPoints extends SeriesPoints {
  @Field(() => GraphQLUUID)
  readonly runId!: string;
}
