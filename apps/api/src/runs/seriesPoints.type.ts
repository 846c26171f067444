import { Field, Float, ObjectType } from "type-graphql";

@ObjectType()
export class SeriesPoints {
  @Field(() => String)
  readonly series!: string;

  @Field(() => [Float])
  readonly steps!: number[];

  @Field(() => [Float], { nullable: "items", description: "Null where the value is not a finite number" })
  readonly values!: (number | null)[];
}
