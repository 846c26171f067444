import { Field, Int, ObjectType } from "type-graphql";

@ObjectType()
export class DeadCount {
  @Field(() => Int)
  readonly before!: number;

  @Field(() => Int)
  readonly after!: number;
}

@ObjectType({ description: "Filters of a layer that are never above 0" })
export class DeadLayer {
  @Field(() => String)
  readonly layer!: string;

  @Field(() => String)
  readonly block!: string;

  @Field(() => Int)
  readonly filters!: number;

  @Field(() => [DeadCount], { description: "On each image" })
  readonly images!: readonly DeadCount[];

  @Field(() => DeadCount, { description: "On both images" })
  readonly both!: DeadCount;

  @Field(() => DeadCount, { description: "On all validation items that were looked at" })
  readonly validation!: DeadCount;
}
