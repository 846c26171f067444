import { Field, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "Items without a hash are in no search for duplicates" })
export class HashingProgress {
  @Field(() => Int)
  readonly items!: number;

  @Field(() => Int)
  readonly hashed!: number;

  @Field(() => Int, { description: "Whose picture could not be read" })
  readonly failed!: number;
}
