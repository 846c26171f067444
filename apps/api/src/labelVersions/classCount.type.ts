import { Field, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "How many items of a label version have a class" })
export class ClassCount {
  @Field(() => String)
  readonly name!: string;

  @Field(() => Int)
  readonly present!: number;

  @Field(() => Int)
  readonly absent!: number;

  @Field(() => Int, { description: "Items of which it is not known" })
  readonly unknown!: number;
}
