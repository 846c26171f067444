import { Field, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "How far the masks of the set are measured, in items of all its evaluations" })
export class MeasuringProgress {
  @Field(() => Int)
  readonly done!: number;

  @Field(() => Int)
  readonly total!: number;

  @Field(() => Int, { description: "Items of evaluations whose measurement failed" })
  readonly failed!: number;

  @Field(() => String, { nullable: true, description: "Of the first that failed" })
  readonly error!: string | null;
}
