import { GraphQLUUID } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import { LineageNode } from "./lineageNode.type.ts";

@ObjectType({ description: "From a node's weights to the start of the next" })
export class LineageEdge {
  @Field(() => GraphQLUUID)
  readonly from!: string;

  @Field(() => GraphQLUUID)
  readonly to!: string;

  @Field(() => String, { nullable: true, description: "encoder, all or firstBlocks; null: random, or not told" })
  readonly part!: string | null;

  @Field(() => Int, { nullable: true, description: "Of firstBlocks: how many" })
  readonly blocks!: number | null;

  @Field(() => Boolean, {
    description: "Drawn with the mean and variance of those weights: their scale without their features",
  })
  readonly statisticsOnly!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "What was loaded, adapted and skipped, as the run logged it; null before it started",
  })
  readonly report!: string | null;
}

@ObjectType({ description: "The chain of weights that went into a run, first to last" })
export class Lineage {
  @Field(() => [LineageNode])
  readonly nodes!: readonly LineageNode[];

  @Field(() => [LineageEdge])
  readonly edges!: readonly LineageEdge[];

  @Field(() => Boolean, {
    description: "A hop has seen pictures of the target's test fold: its score there is no test",
  })
  readonly blocked!: boolean;
}
