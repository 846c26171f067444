import type { ImportState } from "@tessera/domain/words";
import { GraphQLDateTime, GraphQLUUID } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import { ImportStateEnum } from "../graphql/enums.ts";
import { Annotation } from "../items/annotation.type.ts";

@ObjectType({ description: "A drawn mask on its way to an annotation: a worker reads, checks and counts it" })
export class MaskCheck {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => ImportStateEnum)
  readonly state!: ImportState;

  @Field(() => String, { nullable: true })
  readonly error!: string | null;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true })
  readonly finishedAt!: Date | null;
}

@ObjectType({ description: "Classes are an annotation at once; a mask once a worker has checked it" })
export class SavedAnnotation {
  @Field(() => Annotation, { nullable: true })
  readonly annotation!: Annotation | null;

  @Field(() => MaskCheck, { nullable: true })
  readonly check!: MaskCheck | null;
}
