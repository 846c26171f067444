import { Field, Float, ObjectType } from "type-graphql";

@ObjectType()
export class RocPoint {
  @Field(() => Float, {
    nullable: true,
    description: "Items with this probability or more are called present; null: none is",
  })
  readonly threshold!: number | null;

  @Field(() => Float)
  readonly falsePositiveRate!: number;

  @Field(() => Float)
  readonly sensitivity!: number;
}
