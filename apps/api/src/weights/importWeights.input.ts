import { Field, InputType } from "type-graphql";

@InputType()
export class ImportWeightsInput {
  @Field(() => String)
  readonly name!: string;

  @Field(() => String, { description: "Where they are from: a paper, an address, a licence" })
  readonly source!: string;

  @Field(() => String, { description: "Of a safetensors file that was PUT to /files/<sha256>" })
  readonly weightsSha256!: string;

  @Field(() => String, { description: "Of the JSON file of its layers, PUT likewise" })
  readonly graphSha256!: string;
}
