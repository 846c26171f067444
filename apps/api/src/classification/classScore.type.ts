import { Field, Float, Int, ObjectType } from "type-graphql";
import { Calibration } from "./calibration.type.ts";
import { OperatingPoint } from "./operatingPoint.type.ts";
import { RocPoint } from "./rocPoint.type.ts";

const these = "95 %, over items: these runs only";

@ObjectType({ description: "Scores of one class. Null where they are undefined, as an AUC without a positive item" })
export class ClassScore {
  @Field(() => String)
  readonly name!: string;

  @Field(() => Int, { description: "Items of which the class is known" })
  readonly n!: number;

  @Field(() => Int)
  readonly positives!: number;

  @Field(() => Float, { nullable: true })
  readonly auc!: number | null;

  @Field(() => Float, { nullable: true, description: these })
  readonly aucLow!: number | null;

  @Field(() => Float, { nullable: true, description: these })
  readonly aucHigh!: number | null;

  @Field(() => Float, { nullable: true })
  readonly averagePrecision!: number | null;

  @Field(() => Float, { nullable: true, description: these })
  readonly averagePrecisionLow!: number | null;

  @Field(() => Float, { nullable: true, description: these })
  readonly averagePrecisionHigh!: number | null;

  @Field(() => OperatingPoint, { nullable: true })
  readonly atSpecificity!: OperatingPoint | null;

  @Field(() => [RocPoint], {
    nullable: true,
    description: "From (0, 0) to (1, 1): the corners, of many at most 200 of them",
  })
  readonly roc!: readonly RocPoint[] | null;

  @Field(() => Calibration)
  readonly calibration!: Calibration;

  @Field(() => [[Int]], {
    description: "Rows: truth; columns: prediction; each absent, present. Called present above 0.5",
  })
  readonly confusion!: readonly (readonly number[])[];
}
