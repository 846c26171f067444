import { GraphQLUUID } from "graphql-scalars";
import { Field, InputType, Int } from "type-graphql";

@InputType()
export class SaveAnnotationInput {
  @Field(() => GraphQLUUID)
  readonly schemaId!: string;

  @Field(() => GraphQLUUID)
  readonly itemId!: string;

  @Field(() => GraphQLUUID, { nullable: true, description: "The task that this does; absent: of one's own accord" })
  readonly taskId?: string | null;

  @Field(() => [Int], {
    nullable: "itemsAndList",
    description: "Of classification, per class of the schema: 1 present, 0 absent, null not known",
  })
  readonly classValues?: (number | null)[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Of segmentation: the hash of a PNG that was PUT to /files/<sha256>, of one 8-bit channel at the item's own size: 0 background, class index + 1, of one class 255",
  })
  readonly maskSha256?: string | null;
}
