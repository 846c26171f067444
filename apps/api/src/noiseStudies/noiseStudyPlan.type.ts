import { Field, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "What createNoiseStudy would make and train" })
export class NoiseStudyPlan {
  @Field(() => [String], { description: "Label versions, in words" })
  readonly versions!: readonly string[];

  @Field(() => [String], { description: "Arms: one run each per seed" })
  readonly arms!: readonly string[];

  @Field(() => Int, { description: "Per seed, besides the first on the labels without noise" })
  readonly scoringsPerSeed!: number;
}
