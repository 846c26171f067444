import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType()
export class SlideLevel {
  @Field(() => Int)
  readonly width!: number;

  @Field(() => Int)
  readonly height!: number;

  @Field(() => Float, { description: "Pixels of level 0 to one of this level, along a side" })
  readonly downsample!: number;
}

@ObjectType({
  description: "What the file of a slide says of itself. Label, macro and other properties are never stored",
})
export class Slide {
  @Field(() => String, { description: "OpenSlide's name of the vendor, or picture: a plain TIFF, PNG or JPEG" })
  readonly format!: string;

  @Field(() => [SlideLevel], { description: "Finest first" })
  readonly levels!: SlideLevel[];

  @Field(() => Float, { nullable: true, description: "Of the objective; null: the file does not say" })
  readonly magnification!: number | null;

  @Field(() => Float, { nullable: true, description: "Per pixel of level 0, along a row; null: not known" })
  readonly micronsX!: number | null;

  @Field(() => Float, { nullable: true, description: "Down a column" })
  readonly micronsY!: number | null;

  @Field(() => Boolean, { description: "The scale is the table's of the import, not the file's" })
  readonly scaleOfTable!: boolean;
}
