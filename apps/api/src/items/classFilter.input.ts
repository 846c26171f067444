import { GraphQLUUID } from "graphql-scalars";
import { Field, InputType, Int } from "type-graphql";
import { ClassStateEnum } from "../graphql/enums.ts";

@InputType({ description: "Items by what a label version says of one class" })
export class ClassFilter {
  @Field(() => GraphQLUUID)
  readonly labelVersionId!: string;

  @Field(() => Int, { description: "Of the label schema, from 0; no item has a class that the schema does not have" })
  readonly classIndex!: number;

  @Field(() => ClassStateEnum, { defaultValue: ClassStateEnum.PRESENT })
  readonly state!: "present" | "absent" | "unknown";
}
