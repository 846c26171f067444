import type { Modality } from "@tessera/domain/words";
import { GraphQLDateTime, GraphQLUUID } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import { ModalityEnum } from "../graphql/enums.ts";

@ObjectType({ description: "A set of items of one modality; labels are in its label versions" })
export class Dataset {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => ModalityEnum)
  readonly modality!: Modality;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;
}
