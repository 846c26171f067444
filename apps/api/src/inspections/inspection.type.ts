import type { InspectionKindName } from "@tessera/domain/inspections/kinds";
import type { RunState } from "@tessera/domain/words";
import { GraphQLDateTime, GraphQLJSONObject, GraphQLUUID } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import { RunStateEnum } from "../graphql/enums.ts";
import { InspectionKindEnum } from "./inspectionKind.enum.ts";

@ObjectType({
  description:
    "A question to the weights of one or more runs, which a worker answers once. The answer is in the field named as the kind, once the state is SUCCEEDED",
})
export class Inspection {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => InspectionKindEnum)
  readonly kind!: InspectionKindName;

  @Field(() => GraphQLJSONObject, { description: "As asked, with every field" })
  readonly request!: Record<string, unknown>;

  @Field(() => RunStateEnum)
  readonly state!: RunState;

  @Field(() => Int, { description: "Parts of the work; 0: not known yet" })
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
