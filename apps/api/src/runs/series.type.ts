import { Field, Float, ObjectType } from "type-graphql";

@ObjectType()
export class Series {
  @Field(() => String)
  readonly name!: string;

  @Field(() => Float)
  readonly lastStep!: number;

  @Field(() => Float, { nullable: true, description: "Null where it is not a number" })
  readonly lastValue!: number | null;
}
