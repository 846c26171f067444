import { Field, ObjectType } from "type-graphql";
import { Experiment } from "../experiments/experiment.type.ts";
import { Run } from "../runs/run.type.ts";
import { RunSeriesPoints } from "./runSeriesPoints.type.ts";

@ObjectType({
  description: "What is new since the last update. A point of a step that came before replaces it: the run was resumed",
})
export class ExperimentUpdate {
  @Field(() => Experiment)
  readonly experiment!: Experiment;

  @Field(() => [Run], { description: "Those that changed" })
  readonly runs!: Run[];

  @Field(() => [RunSeriesPoints], {
    description: "Of the series that the task is validated by: validation/dice or validation/auc",
  })
  readonly points!: RunSeriesPoints[];
}
