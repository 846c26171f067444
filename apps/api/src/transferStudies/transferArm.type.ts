import { GraphQLJSONObject } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import { GapClosing } from "./gapClosing.type.ts";
import { Pretraining } from "./pretraining.type.ts";
import { TransferCell } from "./transferCell.type.ts";

@ObjectType()
export class TransferArm {
  @Field(() => String)
  readonly name!: string;

  @Field(() => GraphQLJSONObject)
  readonly startingWeights!: Record<string, unknown>;

  @Field(() => [TransferCell], { description: "By fraction; those that the experiment has" })
  readonly cells!: readonly TransferCell[];

  @Field(() => GapClosing, { nullable: true, description: "Null of the reference" })
  readonly closing!: GapClosing | null;

  @Field(() => Pretraining)
  readonly pretraining!: Pretraining;

  @Field(() => String, {
    nullable: true,
    description: "Both gaps at every fraction, in the words of the verdicts; null of the reference",
  })
  readonly verdict!: string | null;
}
