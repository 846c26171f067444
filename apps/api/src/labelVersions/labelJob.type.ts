import type { LabelJobKind } from "@tessera/domain/labels/request";
import type { RunState } from "@tessera/domain/words";
import { GraphQLDateTime, GraphQLUUID } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import { LabelJobKindEnum, RunStateEnum } from "../graphql/enums.ts";

@ObjectType({ description: "A label version that a worker makes by a rule, or masks that it compares" })
export class LabelJob {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => LabelJobKindEnum)
  readonly kind!: LabelJobKind;

  @Field(() => RunStateEnum)
  readonly state!: RunState;

  @Field(() => Int, { description: "Items, or pairs of masks; 0 before a worker has looked" })
  readonly total!: number;

  @Field(() => Int)
  readonly done!: number;

  @Field(() => String, { nullable: true })
  readonly error!: string | null;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true })
  readonly finishedAt!: Date | null;
}
