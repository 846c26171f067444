import { Field, ObjectType } from "type-graphql";
import { ContiguityArm } from "./contiguityArm.type.ts";
import { ContiguityItem } from "./contiguityItem.type.ts";
import { PostProcessingResult } from "./postProcessingResult.type.ts";

@ObjectType({ description: "Pieces, holes and specks beside Dice" })
export class ContiguityBoard {
  @Field(() => String)
  readonly convention!: string;

  @Field(() => [ContiguityArm])
  readonly arms!: readonly ContiguityArm[];

  @Field(() => [PostProcessingResult])
  readonly postProcessing!: readonly PostProcessingResult[];

  @Field(() => [ContiguityItem], { description: "At most 24, worst first" })
  readonly gallery!: readonly ContiguityItem[];
}
