import type { RunState } from "@tessera/domain/words";
import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { RunStateEnum } from "../graphql/enums.ts";

@ObjectType({ description: "A label version that a noise study trains or scores on" })
export class NoiseVersion {
  @Field(() => String, { description: "Name within the study" })
  readonly noise!: string;

  @Field(() => Float)
  readonly level!: number;

  @Field(() => String)
  readonly text!: string;

  @Field(() => Boolean)
  readonly trains!: boolean;

  @Field(() => Boolean)
  readonly evaluates!: boolean;

  @Field(() => RunStateEnum, { description: "Of the label job that makes it" })
  readonly state!: RunState;

  @Field(() => Int)
  readonly total!: number;

  @Field(() => Int)
  readonly done!: number;

  @Field(() => String, { nullable: true })
  readonly error!: string | null;

  @Field(() => GraphQLUUID, { nullable: true, description: "Once it is made" })
  readonly labelVersionId!: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "The effective rate: share of labels, of masks of items, that are another now. Before the version is made what the model says; null where that depends on the labels",
  })
  readonly effectiveRate!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Of masks: mean Dice of those changed with the masks that they were",
  })
  readonly dice!: number | null;
}
