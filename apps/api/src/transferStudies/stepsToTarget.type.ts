import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "When one run's validation score first reached the common target" })
export class StepsToTarget {
  @Field(() => Int)
  readonly seed!: number;

  @Field(() => GraphQLUUID)
  readonly runId!: string;

  @Field(() => Float, {
    nullable: true,
    description: "Linear between the two validations around the crossing. Null: censored, not reached by lastStep",
  })
  readonly steps!: number | null;

  @Field(() => Int, { description: "Of the last validation" })
  readonly lastStep!: number;

  @Field(() => Boolean, {
    description: "Reached at the first validation already: steps are then on a line from chance at step 0",
  })
  readonly beforeFirstValidation!: boolean;
}
