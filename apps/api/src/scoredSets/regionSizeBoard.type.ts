import { Field, Int, ObjectType } from "type-graphql";
import { RegionSizeArm } from "./regionSizeArm.type.ts";
import { RegionSizePoint } from "./regionSizePoint.type.ts";
import { RegionSizeStratum } from "./regionSizeStratum.type.ts";

@ObjectType({ description: "Dice against region size, of the items that are measured" })
export class RegionSizeBoard {
  @Field(() => String)
  readonly convention!: string;

  @Field(() => [RegionSizePoint], { description: "Smallest region first" })
  readonly points!: readonly RegionSizePoint[];

  @Field(() => [RegionSizeArm])
  readonly arms!: readonly RegionSizeArm[];

  @Field(() => [RegionSizeStratum])
  readonly strata!: readonly RegionSizeStratum[];

  @Field(() => Int, { description: "Items whose truth is empty: they have no size" })
  readonly withoutRegion!: number;
}
