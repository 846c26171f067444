import type { SlideJobKind } from "@tessera/domain/slides/request";
import type { RunState } from "@tessera/domain/words";
import { GraphQLDateTime, GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { RunStateEnum, SlideJobKindEnum } from "../graphql/enums.ts";

@ObjectType({ description: "How slides are cut into tiles" })
export class TileRule {
  @Field(() => Int, { description: "Pixels of a tile's side" })
  readonly size!: number;

  @Field(() => Float, { description: "Of a tile's pixels" })
  readonly micronsPerPixel!: number;

  @Field(() => Int, { description: "Pixels that neighbours share" })
  readonly overlap!: number;

  @Field(() => Float, { description: "A tile stays where at least this share of it is tissue" })
  readonly leastTissue!: number;

  @Field(() => Float, {
    description: "A tile stays where the variance of its Laplacian is at least this; 0 keeps blurred tiles",
  })
  readonly leastSharpness!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Of slides that carry no scale; null: such a slide gets no tiles",
  })
  readonly assumedMicronsPerPixel!: number | null;
}

@ObjectType({
  description: "Slides that a worker cuts into tiles, or tiles that it makes features of. Resumes by slide",
})
export class SlideJob {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => SlideJobKindEnum)
  readonly kind!: SlideJobKind;

  @Field(() => RunStateEnum)
  readonly state!: RunState;

  @Field(() => Int, { description: "Slides; 0 before a worker has looked" })
  readonly total!: number;

  @Field(() => Int)
  readonly done!: number;

  @Field(() => Int, { description: "Read so far" })
  readonly tiles!: number;

  @Field(() => Float, { description: "That reading them took, so far" })
  readonly seconds!: number;

  @Field(() => String, { nullable: true })
  readonly error!: string | null;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true })
  readonly finishedAt!: Date | null;
}
