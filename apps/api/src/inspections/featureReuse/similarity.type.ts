import type { Estimator, Matrix } from "@tessera/domain/inspections/featureReuse";
import { Field, Float, ObjectType } from "type-graphql";
import { CkaEstimatorEnum } from "./enums.ts";

const cells = () => [[Float]];
const matrix = { nullable: "items" } as const;

@ObjectType({
  description: "Matrices: a row per block of a, a column per block of b; null where CKA is undefined",
})
export class Similarity {
  @Field(() => CkaEstimatorEnum)
  readonly estimator!: Estimator;

  @Field(cells, matrix)
  readonly values!: Matrix;

  @Field(cells, { ...matrix, description: "0.95 quantile of what two independent random nets reach" })
  readonly randomHigh!: Matrix;

  @Field(cells, matrix)
  readonly randomMean!: Matrix;

  @Field(cells, { ...matrix, description: "0.95 quantile when b sees the items in another order" })
  readonly shuffledHigh!: Matrix;

  @Field(cells, matrix)
  readonly shuffledMean!: Matrix;
}
