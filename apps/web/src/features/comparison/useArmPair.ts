"use client";
import type { Experiment } from "@/features/experiment/types";
import { useQueryParam, useSetQuery } from "@/lib/useQueryParam";

/** Which two arms are compared, kept in the address. */
export function useArmPair(experiment: Experiment) {
  const names = experiment.arms.map((arm) => arm.name);
  const [armA, setA] = useQueryParam("a", names[0] ?? "");
  const [armB, setB] = useQueryParam("b", names.find((name) => name !== armA) ?? "");
  const setQuery = useSetQuery();
  return { names, armA, armB, setA, setB, exchange: () => setQuery({ a: armB, b: armA }) };
}

export type ArmPair = ReturnType<typeof useArmPair>;
