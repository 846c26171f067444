import { GraphQLDateTime, GraphQLUUID } from "graphql-scalars";
import { Field, Float, ObjectType } from "type-graphql";

@ObjectType()
export class Region {
  @Field(() => String)
  readonly className!: string;

  @Field(() => [[[[Float]]]], {
    description:
      "As the coordinates of a GeoJSON MultiPolygon, in pixels of level 0: polygons of an outer ring and its holes, of [x, y]. No ring names its first corner again",
  })
  readonly polygons!: number[][][][];
}

@ObjectType({ description: "All that one reader drew on one slide at one time; never overwritten" })
export class RegionSet {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => String)
  readonly reader!: string;

  @Field(() => GraphQLUUID, {
    nullable: true,
    description: "The member who says so; null: imported under another reader's name",
  })
  readonly userId!: string | null;

  @Field(() => GraphQLUUID, {
    nullable: true,
    description: "The same reader's set that this one takes the place of; both are kept",
  })
  readonly corrects!: string | null;

  @Field(() => Boolean, {
    description: "All of the slide that is of the classes drawn lies in these regions; the rest is known to be none",
  })
  readonly complete!: boolean;

  @Field(() => [Region])
  readonly regions!: Region[];

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;
}
