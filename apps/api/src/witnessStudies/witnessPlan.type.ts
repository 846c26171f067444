import { GraphQLJSONObject } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "A pooling that the form offers, as changes of a base configuration of bags" })
export class WitnessPooling {
  @Field(() => String)
  readonly name!: string;

  @Field(() => GraphQLJSONObject)
  readonly changes!: Readonly<Record<string, unknown>>;
}

@ObjectType({ description: "Tiles of one fold that bags can be composed of" })
export class FoldTiles {
  @Field(() => String)
  readonly fold!: string;

  @Field(() => Int)
  readonly bags!: number;

  @Field(() => Int, { description: "Of them, with known labels of their tiles" })
  readonly known!: number;

  @Field(() => Int)
  readonly positive!: number;

  @Field(() => Int)
  readonly negative!: number;
}

@ObjectType({ description: "What createWitnessStudy would make and train" })
export class WitnessStudyPlan {
  @Field(() => [String], { description: "Arms: one run each per seed" })
  readonly arms!: readonly string[];

  @Field(() => [Int], { description: "Of a positive bag, by rate" })
  readonly witnesses!: readonly number[];

  @Field(() => Int, { description: "Bags to compose; negative ones are the same at every rate" })
  readonly bags!: number;
}
