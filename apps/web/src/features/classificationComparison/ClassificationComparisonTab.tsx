"use client";
import { useQuery } from "@apollo/client/react";
import { NativeSelect, SimpleGrid, Stack } from "@mantine/core";
import { useState } from "react";
import { Answer } from "@/features/comparison/Answer";
import { ComparisonSkeleton, NotCompared, PairFrame } from "@/features/comparison/PairFrame";
import { SeedScores } from "@/features/comparison/SeedScores";
import { useArmPair } from "@/features/comparison/useArmPair";
import { useRenewed } from "@/features/comparison/useRenewed";
import type { Experiment } from "@/features/experiment/types";
import type { ArmLooks } from "@/lib/arms";
import { isNumber } from "@/lib/format";
import { useQueryParam } from "@/lib/useQueryParam";
import { FoldSwitch, useFold } from "@/ui/FoldSwitch";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { AucTests } from "./AucTests.tsx";
import { comparedMetrics } from "./metrics.ts";
import { classifierBasis, classifierModel } from "./model.ts";
import { ClassificationComparisonQuery } from "./queries.ts";

interface Props {
  readonly experiment: Experiment;
  readonly look: ArmLooks;
}

/** Two arms of classification runs in one metric, and one pair of their runs. */
export function ClassificationComparisonTab({ experiment, look }: Props) {
  const pair = useArmPair(experiment);
  const { names, armA, armB } = pair;
  const [fold, setFold] = useFold();
  const [metric, setMetric] = useQueryParam("metric", "auc");
  const [seed, setSeed] = useState<number | null>(null);
  const query = useQuery(ClassificationComparisonQuery, {
    variables: { id: experiment.id, armA, armB, fold, metric, seed },
    skip: names.length < 2 || armA === armB,
    fetchPolicy: "no-cache",
  });
  useRenewed(experiment, query.refetch);
  const choices = (
    <>
      <NativeSelect
        label="Metric"
        value={metric}
        data={comparedMetrics}
        onChange={(event) => setMetric(event.currentTarget.value)}
      />
      <FoldSwitch fold={fold} onChange={setFold} />
    </>
  );
  return (
    <PairFrame experiment={experiment} pair={pair} choices={choices}>
      <Loaded query={query} skeleton={<ComparisonSkeleton />}>
        {({ experiment: found }) => {
          const data = found?.classificationComparison;
          if (!data) return <NotCompared fold={fold} />;
          const model = classifierModel(data, look, experiment.equivalenceMargin ?? null);
          const seeds = data.perSeed.flatMap((each) => (isNumber(each.a) && isNumber(each.b) ? [each.seed] : []));
          return (
            <Stack gap="md">
              <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
                <Panel title="Answer" note={classifierBasis(data, experiment.labelVersion.number)}>
                  <Answer model={model} />
                </Panel>
                <Panel
                  title={`${model.metric} per arm`}
                  note={`Each mark is one seed; the upright bar is the mean, the line mean ± SD over seeds. Grey lines pair the seeds. ${model.higherIsBetter ? "Higher" : "Lower"} is better.`}
                >
                  <SeedScores model={model} />
                </Panel>
              </SimpleGrid>
              <AucTests tests={data.aucTests} seeds={seeds} onSeed={setSeed} />
            </Stack>
          );
        }}
      </Loaded>
    </PairFrame>
  );
}
