import { Field, Float, ObjectType } from "type-graphql";
import { PretrainingHop } from "./pretrainingHop.type.ts";

@ObjectType({
  description:
    "What the starting weights cost before the first step of this study; paid once, whatever the number of runs",
})
export class Pretraining {
  @Field(() => [PretrainingHop], { description: "The first training first" })
  readonly hops!: readonly PretrainingHop[];

  @Field(() => Float, { nullable: true, description: "Null where a part is not known" })
  readonly steps!: number | null;

  @Field(() => Float, { nullable: true, description: "Null where a part is not known" })
  readonly seconds!: number | null;

  @Field(() => String)
  readonly sentence!: string;
}
