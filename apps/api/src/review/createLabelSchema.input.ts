import { GraphQLUUID } from "graphql-scalars";
import { Field, InputType } from "type-graphql";
import { TaskEnum } from "../graphql/enums.ts";

@InputType()
export class CreateLabelSchemaInput {
  @Field(() => GraphQLUUID)
  readonly datasetId!: string;

  @Field(() => TaskEnum)
  readonly task!: "segmentation" | "classification";

  @Field(() => [String], { description: "In their order; 1 to 100 different names" })
  readonly classes!: string[];

  @Field(() => Boolean, {
    nullable: true,
    description: "Of classification: true where an item has exactly one class; absent: segmentation",
  })
  readonly exclusive?: boolean | null;
}
