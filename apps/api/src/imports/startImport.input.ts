import { GraphQLUUID } from "graphql-scalars";
import { Field, InputType } from "type-graphql";
import { ImportLayoutEnum } from "../graphql/enums.ts";
import { ImportFileInput } from "./importFile.input.ts";

@InputType()
export class StartImportInput {
  @Field(() => GraphQLUUID)
  readonly datasetId!: string;

  @Field(() => ImportLayoutEnum)
  readonly layout!: "kvasir-seg";

  @Field(() => String, { description: "Whose opinion the masks are" })
  readonly reader!: string;

  @Field(() => [ImportFileInput])
  readonly files!: ImportFileInput[];
}
