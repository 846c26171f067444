import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "One image" })
export class Item {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => Int, { description: "Pixels" })
  readonly width!: number;

  @Field(() => Int, { description: "Pixels" })
  readonly height!: number;

  @Field(() => String, { description: "The patient; the item's own name where the source names none" })
  readonly subject!: string;

  @Field(() => Boolean)
  readonly subjectKnown!: boolean;

  @Field(() => String, { nullable: true })
  readonly site!: string | null;

  @Field(() => Float, { nullable: true, description: "mm per pixel along a row; null: not known" })
  readonly spacingMm!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "mm per pixel along a column, where it is another; null: as spacingMm",
  })
  readonly spacingYMm!: number | null;
}
