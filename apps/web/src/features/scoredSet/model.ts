/** @file What every board of a scored set needs: the arms with their looks, and what the numbers rest on. */
import type { ScoredSetHeadFragment } from "@/gql/graphql";
import type { ArmLook, ArmLooks } from "@/lib/arms";
import { plural } from "@/lib/format";
import { foldName } from "@/lib/words";

export interface SetArm {
  readonly name: string;
  readonly look: ArmLook;
  readonly seeds: number;
}

export interface SetModel {
  readonly arms: readonly SetArm[];
  /** Fold, n, seeds, label version, size: said beside every number. */
  readonly basis: string;
  readonly fold: string;
  readonly labelVersion: number;
  readonly labelVersionId: string;
  /** Of the label schema. */
  readonly classes: readonly string[];
}

export function setModel(set: ScoredSetHeadFragment, looks: ArmLooks): SetModel {
  const fold = foldName[set.fold];
  return {
    arms: set.arms.map(({ arm, seeds }) => ({ name: arm, look: looks(arm), seeds })),
    basis: `${fold.slice(0, 1).toUpperCase()}${fold.slice(1)} fold, n = ${plural(set.items, "item")}, ${seedsText(set.arms)}, label version ${set.labelVersion.number}, ${set.size} × ${set.size} px`,
    fold,
    labelVersion: set.labelVersion.number,
    labelVersionId: set.labelVersion.id,
    classes: set.classes,
  };
}

/** "5 seeds" where all arms have as many, "3 to 5 seeds" otherwise. */
export function seedsText(arms: readonly { readonly seeds: number }[]): string {
  const seeds = arms.map((arm) => arm.seeds);
  const [least, most] = [Math.min(...seeds), Math.max(...seeds)];
  return least === most ? plural(most, "seed") : `${least} to ${plural(most, "seed")}`;
}

/** The columns that end every CSV of a set. */
export const basisHead = ["fold", "label_version"] as const;
export const basisCells = ({ fold, labelVersion }: SetModel) => [fold, labelVersion] as const;
