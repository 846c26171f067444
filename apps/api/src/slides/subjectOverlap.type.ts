import { Field, Int, ObjectType } from "type-graphql";

@ObjectType({
  description:
    "Subjects of slides that a run, or a run that it started from, was trained or chosen on, by their names: scores on their bags may be too good",
})
export class SubjectOverlap {
  @Field(() => Int)
  readonly count!: number;

  @Field(() => Int, { description: "Of these, in the test fold of a split of the slides" })
  readonly tested!: number;

  @Field(() => [String], { description: "The first 20 by name" })
  readonly subjects!: readonly string[];

  @Field(() => Int, {
    description: "Slides, and items that were learnt from, that name no subject: of these nothing is known",
  })
  readonly unknown!: number;
}
