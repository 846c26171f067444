import { Field, InputType } from "type-graphql";

@InputType()
export class ImportFileInput {
  @Field(() => String, { description: "Inside the folder, with forward slashes" })
  readonly path!: string;

  @Field(() => String, { description: "Of a file that was PUT to /files/<sha256>" })
  readonly sha256!: string;
}
