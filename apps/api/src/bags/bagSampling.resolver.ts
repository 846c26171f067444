import { chanceOfNoPositive } from "@tessera/analysis/bags/noPositive";
import { DomainError } from "@tessera/domain/errors";
import { Arg, Int, Query, Resolver } from "type-graphql";
import { Needs } from "../graphql/needs.ts";
import { ChanceOfNoPositive } from "./chanceOfNoPositive.type.ts";

const mostSizes = 200;

@Resolver()
export class BagSamplingResolver {
  @Needs("viewer")
  @Query(() => [ChanceOfNoPositive], {
    description:
      "The exact (hypergeometric) chance that a bag of so many tiles, drawn without repetition, holds no positive one. A size above `tiles` takes all",
  })
  chanceOfNoPositive(
    @Arg("tiles", () => Int, { description: "Of the whole bag" }) tiles: number,
    @Arg("positives", () => Int, { description: "Of them positive" }) positives: number,
    @Arg("drawn", () => [Int], { description: "Bag sizes, at most 200" }) drawn: number[],
  ): ChanceOfNoPositive[] {
    if (drawn.length > mostSizes) {
      const message = `drawn: expected at most ${mostSizes} sizes, got ${drawn.length}`;
      throw new DomainError("BAD_INPUT", message, { field: "drawn" });
    }
    return drawn.map((size) => ({ drawn: size, chance: chanceOfNoPositive(tiles, positives, Math.min(size, tiles)) }));
  }
}
