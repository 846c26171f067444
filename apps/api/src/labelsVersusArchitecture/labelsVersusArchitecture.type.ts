import type { Fold } from "@tessera/domain/words";
import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Difference } from "../comparison/difference.type.ts";
import { FoldEnum } from "../graphql/enums.ts";
import { LabelVersion } from "../labelVersions/labelVersion.type.ts";
import { Metric } from "../scoredSets/metric.type.ts";

@ObjectType({ description: "Of one level against the factor's first, over arms that differ in this alone" })
export class FactorialEffect {
  @Field(() => String)
  readonly level!: string;

  @Field(() => String)
  readonly reference!: string;

  @Field(() => Int, { description: "Arms of the level that have a partner" })
  readonly arms!: number;

  @Field(() => Difference)
  readonly difference!: Difference;
}

@ObjectType({ description: "What another seed alone changes in one arm's score: its SD over seeds, pooled over arms" })
export class SeedSpread {
  @Field(() => Float)
  readonly sd!: number;

  @Field(() => Float)
  readonly low!: number;

  @Field(() => Float)
  readonly high!: number;

  @Field(() => Int)
  readonly seeds!: number;

  @Field(() => Int)
  readonly arms!: number;
}

@ObjectType()
export class FactorialCell {
  @Field(() => String)
  readonly arm!: string;

  @Field(() => String)
  readonly labels!: string;

  @Field(() => GraphQLUUID)
  readonly labelVersionId!: string;

  @Field(() => String)
  readonly architecture!: string;

  @Field(() => Float, { nullable: true, description: "Over seeds" })
  readonly mean!: number | null;

  @Field(() => Float, { nullable: true })
  readonly sd!: number | null;

  @Field(() => Int)
  readonly seeds!: number;
}

@ObjectType({
  description: "Is it the labels or the architecture? Effects of a grid of label versions × architectures × seeds",
})
export class LabelsVersusArchitecture {
  @Field(() => FoldEnum)
  readonly fold!: Fold;

  @Field(() => Metric)
  readonly metric!: Metric;

  @Field(() => LabelVersion, { nullable: true, description: "What every run is scored on; null: none is scored yet" })
  readonly scoredOn!: LabelVersion | null;

  @Field(() => Int)
  readonly items!: number;

  @Field(() => [FactorialCell])
  readonly cells!: readonly FactorialCell[];

  @Field(() => [FactorialEffect], { description: "One per label version but the first" })
  readonly labels!: readonly FactorialEffect[];

  @Field(() => [FactorialEffect], { description: "One per architecture but the first" })
  readonly architecture!: readonly FactorialEffect[];

  @Field(() => [FactorialEffect], {
    description: "How much more the labels bring with the architecture than with the first one",
  })
  readonly interaction!: readonly FactorialEffect[];

  @Field(() => SeedSpread, { nullable: true, description: "Null below two seeds that every arm has" })
  readonly seed!: SeedSpread | null;

  @Field(() => String, { description: "The result in a sentence" })
  readonly sentence!: string;
}
