import { GraphQLUUID } from "graphql-scalars";
import { Field, InputType } from "type-graphql";

@InputType()
export class MakeFeaturesInput {
  @Field(() => GraphQLUUID, { description: "A job of tiles that has succeeded" })
  readonly tilesJobId!: string;

  @Field(() => GraphQLUUID, {
    nullable: true,
    description: "Imported weights: the net whose last features are taken. These or runId",
  })
  readonly weightsId!: string | null;

  @Field(() => GraphQLUUID, {
    nullable: true,
    description: "A classification run that has succeeded: its best checkpoint is the net, at its own size of images",
  })
  readonly runId!: string | null;

  @Field(() => GraphQLUUID, {
    nullable: true,
    description: "Of the slides: the bags get its labels. Null: bags without labels",
  })
  readonly labelVersionId!: string | null;

  @Field(() => String, { description: "Of the dataset of bags, which is made" })
  readonly name!: string;
}
