import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, InputType } from "type-graphql";

@InputType()
export class RegionInput {
  @Field(() => String)
  readonly className!: string;

  @Field(() => [[[[Float]]]], { description: "As of Region" })
  readonly polygons!: number[][][][];
}

@InputType()
export class SaveRegionsInput {
  @Field(() => GraphQLUUID)
  readonly itemId!: string;

  @Field(() => GraphQLUUID, {
    description: "A new one, of the caller's choice: the same save sent twice is one set of regions",
  })
  readonly id!: string;

  @Field(() => GraphQLUUID, {
    nullable: true,
    description:
      "The own set that was drawn on, null: none was there. CONFLICT where another is newest; absent: not checked",
  })
  readonly basedOn?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: "As of RegionSet" })
  readonly complete!: boolean;

  @Field(() => [RegionInput], { description: "All of the reader's regions on this slide" })
  readonly regions!: RegionInput[];
}

@InputType()
export class ImportRegionsInput {
  @Field(() => GraphQLUUID)
  readonly itemId!: string;

  @Field(() => String, { description: "Of a GeoJSON file as QuPath writes it, that was PUT to /files/<sha256>" })
  readonly sha256!: string;

  @Field(() => String, {
    nullable: true,
    description: "Who drew them, of researchers only; absent: they are the caller's own",
  })
  readonly reader?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The class of annotations that have none; absent: such a file is refused",
  })
  readonly unclassified?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: "As of RegionSet" })
  readonly complete!: boolean;
}
