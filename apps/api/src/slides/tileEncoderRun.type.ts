import type { Run as RunRow } from "@tessera/store/runs";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Run } from "../runs/run.type.ts";
import { SubjectOverlap } from "./subjectOverlap.type.ts";

@ObjectType({ description: "A classification run whose net made features of tiles: the values that its head sees" })
export class TileEncoderRun {
  @Field(() => Run)
  readonly run!: RunRow;

  @Field(() => Float, { description: "Of the checkpoint: the run's best when the features were asked for" })
  readonly step!: number;

  @Field(() => Int)
  readonly epoch!: number;

  @Field(() => Int, { description: "Pixels of a tile's side, as the net takes it" })
  readonly size!: number;

  @Field(() => SubjectOverlap, { description: "With the slides; derived when it is asked" })
  readonly overlap!: SubjectOverlap;
}
