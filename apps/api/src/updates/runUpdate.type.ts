import { Field, ObjectType } from "type-graphql";
import { Run } from "../runs/run.type.ts";
import { RunSample } from "../runs/runSample.type.ts";
import { SeriesPoints } from "../runs/seriesPoints.type.ts";

@ObjectType({
  description: "What is new since the last update. A point of a step that came before replaces it: the run was resumed",
})
export class RunUpdate {
  @Field(() => Run)
  readonly run!: Run;

  @Field(() => [SeriesPoints])
  readonly points!: SeriesPoints[];

  @Field(() => [RunSample])
  readonly samples!: RunSample[];
}
