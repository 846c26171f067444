import type { BagSource as BagSourceRow } from "@tessera/store/importedBags";
import { Field, ObjectType } from "type-graphql";

@ObjectType({ description: "The file that a bag's features came in. It is not kept: the bag holds its numbers" })
export class BagSource {
  @Field(() => String, { description: "As it was sent" })
  readonly path!: string;

  @Field(() => String)
  readonly sha256!: string;

  @Field(() => String, {
    nullable: true,
    description: "clam or trident, by the file's attributes; null: they do not say",
  })
  readonly writer!: BagSourceRow["writer"];

  @Field(() => String, { nullable: true, description: "The net, by the name that the file gives it" })
  readonly encoder!: string | null;
}
