"use client";
import type { Fold } from "@/gql/graphql";
import type { ArmLooks } from "@/lib/arms";
import { useQueryParam } from "@/lib/useQueryParam";
import { useFold } from "@/ui/FoldSwitch";
import { type Source, sourceVariables } from "./source.ts";

/** What every board is given. */
export interface BoardProps {
  readonly source: Source;
  /** Of the page around it; without them the set's arms get looks in their order. */
  readonly looks?: ArmLooks;
  /** Raised when the numbers have become old, as when a run has ended. */
  readonly revision?: number;
}

export interface SetChoice {
  readonly fold: Fold;
  readonly setFold: (fold: string) => void;
  /** Null: none is chosen. */
  readonly classIndex: number | null;
  readonly setClass: (classIndex: string) => void;
  readonly variables: ReturnType<typeof sourceVariables> & { readonly classIndex: number | null };
}

/** Fold and class, in the address: all boards of a page show the same. */
export function useSetChoice(source: Source): SetChoice {
  const [fold, setFold] = useFold();
  const [text, setClass] = useQueryParam("class", "");
  const classIndex = /^\d+$/.test(text) ? Number(text) : null;
  return { fold, setFold, classIndex, setClass, variables: { ...sourceVariables(source, fold), classIndex } };
}
