"use client";
import { useQuery } from "@apollo/client/react";
import type { Experiment } from "@/features/experiment/types";
import type { ArmLooks } from "@/lib/arms";
import { FoldSwitch, useFold } from "@/ui/FoldSwitch";
import { Loaded } from "@/ui/Loaded";
import { ComparisonView } from "./ComparisonView.tsx";
import { comparisonModel } from "./model.ts";
import { ComparisonSkeleton, NotCompared, PairFrame } from "./PairFrame.tsx";
import { ComparisonQuery } from "./queries.ts";
import { useArmPair } from "./useArmPair.ts";
import { useRenewed } from "./useRenewed.ts";

/** Which two arms, on which fold; then everything about the pair. */
export function ComparisonTab({ experiment, look }: { readonly experiment: Experiment; readonly look: ArmLooks }) {
  const pair = useArmPair(experiment);
  const { names, armA, armB } = pair;
  const [fold, setFold] = useFold();
  const query = useQuery(ComparisonQuery, {
    variables: { id: experiment.id, armA, armB, fold, labelVersionId: experiment.labelVersion.id },
    skip: names.length < 2 || armA === armB,
    fetchPolicy: "no-cache",
  });
  useRenewed(experiment, query.refetch);
  return (
    <PairFrame experiment={experiment} pair={pair} choices={<FoldSwitch fold={fold} onChange={setFold} />}>
      <Loaded query={query} skeleton={<ComparisonSkeleton />}>
        {({ experiment: found }) =>
          found?.comparison ? (
            <ComparisonView model={comparisonModel(found.comparison, look, experiment.equivalenceMargin ?? null)} />
          ) : (
            <NotCompared fold={fold} />
          )
        }
      </Loaded>
    </PairFrame>
  );
}
