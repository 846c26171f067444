import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, InputType, Int } from "type-graphql";

@InputType({ description: "A run on bags of tiles" })
export class InspectBagMemoryInput {
  @Field(() => GraphQLUUID)
  readonly runId!: string;

  @Field(() => Int, {
    nullable: true,
    description: "Tiles of the largest bag planned for, 64 to 131072. Default 16384",
  })
  readonly largest?: number;

  @Field(() => Float, { nullable: true, description: "What a process may take. Default: what the worker has free" })
  readonly memoryBytes?: number;
}
