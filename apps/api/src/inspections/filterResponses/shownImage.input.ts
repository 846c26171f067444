import { GraphQLUUID } from "graphql-scalars";
import { Field, InputType } from "type-graphql";

@InputType({ description: "An item of a dataset, or an uploaded file with a name (JPEG, PNG, BMP, DICOM)" })
export class ShownImageInput {
  @Field(() => GraphQLUUID, { nullable: true })
  readonly itemId?: string | null;

  @Field(() => String, { nullable: true, description: "Of the file, uploaded to /files" })
  readonly sha256?: string | null;

  @Field(() => String, { nullable: true, description: "What an uploaded file is called" })
  readonly name?: string | null;
}
