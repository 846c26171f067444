import type { FilterResponsesResult } from "@tessera/domain/inspections/filterResponses";
import { Field, FieldResolver, Int, ObjectType, Resolver, Root } from "type-graphql";
import { fileUrl } from "../../graphql/fileUrl.ts";
import { DeadLayer } from "./deadLayer.type.ts";
import { FilterDepth } from "./filterDepth.type.ts";
import { FirstLayer } from "./firstLayer.type.ts";

@ObjectType({ description: "A picture as the network saw it" })
export class SeenImage {
  @Field(() => String)
  readonly name!: string;
}

@Resolver(() => SeenImage)
export class SeenImageResolver {
  @FieldResolver(() => String)
  pictureUrl(@Root() { sha256 }: FilterResponsesResult["images"][number]) {
    return fileUrl(sha256);
  }
}

@ObjectType({ description: "What a run's filters answer to two images, before training and after" })
export class FilterResponses {
  @Field(() => Int, { description: "Side of the model's input, pixels" })
  readonly size!: number;

  @Field(() => Int)
  readonly channels!: number;

  @Field(() => [SeenImage])
  readonly images!: readonly SeenImage[];

  @Field(() => Int, { description: "Validation items that dead filters were looked for in" })
  readonly validationItems!: number;

  @Field(() => [FilterDepth], { description: "In the order in which an image passes them" })
  readonly depths!: readonly FilterDepth[];

  @Field(() => [DeadLayer], { description: "Every layer with a ReLU" })
  readonly layers!: readonly DeadLayer[];

  @Field(() => FirstLayer)
  readonly firstLayer!: FirstLayer;
}
