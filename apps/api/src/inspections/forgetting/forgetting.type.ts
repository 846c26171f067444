import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "An earlier hop's task, scored with a later run's encoder under the earlier run's head" })
export class Forgetting {
  @Field(() => String, { description: "Dice or AUC, by which the earlier run chose its checkpoint" })
  readonly metric!: string;

  @Field(() => Float, { nullable: true, description: "On the earlier run's validation fold" })
  readonly earlierScore!: number | null;

  @Field(() => Float, { nullable: true, description: "The same with the later run's encoder" })
  readonly laterScore!: number | null;

  @Field(() => Int)
  readonly items!: number;

  @Field(() => Int, { description: "Tensors that came from the later run" })
  readonly replaced!: number;

  @Field(() => Int, { description: "Tensors that stayed the earlier run's: its head" })
  readonly kept!: number;
}
