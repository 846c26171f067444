import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "What cutting a slide found, besides its tiles" })
export class TileFacts {
  @Field(() => Int, { description: "Of the grid" })
  readonly places!: number;

  @Field(() => Int, { description: "Places with too little tissue" })
  readonly droppedTissue!: number;

  @Field(() => Int)
  readonly droppedBlurred!: number;

  @Field(() => Float, { description: "Of the slide's area, 0 to 1" })
  readonly tissueShare!: number;

  @Field(() => Float, { description: "Of the slide's area that is ink" })
  readonly penShare!: number;

  @Field(() => Float, { description: "Saturation of 0 to 255 from which a pixel is tissue" })
  readonly threshold!: number;
}

@ObjectType({ description: "What a slide job made of one slide" })
export class SlideResult {
  @Field(() => Int)
  readonly tiles!: number;

  @Field(() => Float)
  readonly seconds!: number;

  @Field(() => TileFacts, { nullable: true, description: "Of tiles" })
  readonly facts!: TileFacts | null;

  @Field(() => String, { nullable: true, description: "Why the slide gave nothing; null: it gave something" })
  readonly error!: string | null;
}
