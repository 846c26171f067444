import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "Both arms at one seed" })
export class PairedSeed {
  @Field(() => Int)
  readonly seed!: number;

  @Field(() => Float, { nullable: true })
  readonly a!: number | null;

  @Field(() => Float, { nullable: true })
  readonly b!: number | null;
}
