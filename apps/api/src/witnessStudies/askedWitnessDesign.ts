/** @file From what a person asks of a witness study to its design, checked against the tiles that there are. */
import { DomainError } from "@tessera/domain/errors";
import {
  checkedWitnessDesign,
  refuseTooFewTiles,
  type TileCounts,
  type WitnessDesign,
} from "@tessera/domain/study/witnessStudy";
import { folds } from "@tessera/domain/words";
import type { FoldTiles } from "@tessera/store/tileLabels";
import type { Context } from "../context.ts";
import { found } from "../graphql/found.ts";
import type { BagPlanInput } from "./bagPlan.input.ts";
import type { WitnessPoolingInput } from "./witnessPooling.input.ts";

interface Asked {
  readonly labelVersionId: string;
  readonly splitId: string;
  readonly base: Record<string, unknown>;
  readonly poolings: readonly WitnessPoolingInput[];
  readonly rates: readonly number[];
  readonly bags: BagPlanInput;
}

/** @throws DomainError NOT_FOUND for labels or split; BAD_INPUT naming what cannot work */
export async function askedWitnessDesign(context: Context, asked: Asked): Promise<WitnessDesign> {
  const { loaders } = context;
  const { labelVersionId, splitId, base } = asked;
  const version = found(await loaders.labelVersion.load(labelVersionId), "label version", labelVersionId);
  const { classes, exclusive } = found(await loaders.schema.load(version.schemaId), "label schema", version.schemaId);
  if (!exclusive || classes.length !== 2) {
    const message = `expected labels of two classes, of which the second has the witnesses, got ${classes.join(", ")}`;
    throw new DomainError("BAD_INPUT", `labelVersionId: ${message}`, { field: "labelVersionId" });
  }
  if (base.task !== "mil") {
    const message = `expected a configuration of bags (task "mil"), got "${String(base.task)}"`;
    throw new DomainError("BAD_INPUT", `base.task: ${message}`, { field: "base.task" });
  }
  const poolings = asked.poolings.map(({ name, changes }) => ({ name, changes }));
  const { tiles, train, validation, test, seed } = asked.bags;
  const bags = { tiles, train, validation, test, seed };
  const design = checkedWitnessDesign({ poolings, rates: asked.rates, bags }, base);
  const has = await loaders.labelledTiles.load(splitId);
  if (has.every(({ known }) => known === 0)) {
    const message =
      "the tiles of these bags have no labels of their own; import the bags with a column tile_label, 1 for a tile that makes its bag positive, else 0";
    throw new DomainError("BAD_INPUT", `splitId: ${message}`, { field: "splitId" });
  }
  refuseTooFewTiles(design, countsOf(has));
  return design;
}

const countsOf = (has: readonly FoldTiles[]): TileCounts =>
  Object.fromEntries(
    folds.map((fold) => {
      const { positive = 0, negative = 0 } = has.find((each) => each.fold === fold) ?? {};
      return [fold, { positive, negative }];
    }),
  ) as TileCounts;
