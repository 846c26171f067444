"use client";
import { useQuery } from "@apollo/client/react";
import { Group, SegmentedControl, Stack } from "@mantine/core";
import { useState } from "react";
import { ClassificationPanels } from "@/features/classification/ClassificationPanels";
import { MetricStats } from "@/features/classification/MetricStats";
import { PredictedItems } from "@/features/classification/PredictedItems";
import type { ScoreOrder } from "@/gql/graphql";
import { count } from "@/lib/format";
import { Empty } from "@/ui/Empty";
import { FoldSwitch, useFold } from "@/ui/FoldSwitch";
import { Loaded } from "@/ui/Loaded";
import { MorePages } from "@/ui/MorePages";
import { FurtherScorings } from "./FurtherScorings.tsx";
import { ClassificationQuery } from "./queries.ts";
import type { Run } from "./types.ts";

/** The evaluation of a classification run: metrics, curves by class, and the items from most wrong. */
export function ClassificationTab({ run }: { readonly run: Run }) {
  const [fold, setFold] = useFold();
  const [order, setOrder] = useState<ScoreOrder>("WORST_FIRST");
  const query = useQuery(ClassificationQuery, { variables: { id: run.id, fold, order } });
  return (
    <Stack gap="md">
      <Group gap="sm">
        <FoldSwitch fold={fold} onChange={setFold} />
        <SegmentedControl
          size="xs"
          aria-label="Order"
          value={order}
          onChange={(value) => setOrder(value as ScoreOrder)}
          data={[
            { value: "WORST_FIRST", label: "most wrong first" },
            { value: "BEST_FIRST", label: "most right first" },
          ]}
        />
      </Group>
      <Loaded query={query}>
        {({ run: found }) => {
          const evaluation = found?.evaluation;
          const scores = evaluation?.classification;
          if (!evaluation || !scores) {
            return (
              <section className="panel">
                <Empty title={`Not scored on the ${fold.toLowerCase()} fold`}>
                  {run.state === "SUCCEEDED"
                    ? "This fold has no items, or was left out."
                    : "Scores come when the run ends, from its best checkpoint."}
                </Empty>
              </section>
            );
          }
          const { predictions, labelVersion, checkpointStep } = evaluation;
          return (
            <>
              <MetricStats evaluation={evaluation} scores={scores} />
              <FurtherScorings runId={run.id} fold={fold} />
              <ClassificationPanels
                scores={scores}
                basis={`${fold.toLowerCase()} fold, label version ${labelVersion.number}, step ${count(checkpointStep)}`}
              />
              <PredictedItems predictions={predictions.edges.map(({ node }) => node)} classes={scores.classNames}>
                <MorePages
                  query={query}
                  pageInfo={predictions.pageInfo}
                  shown={predictions.edges.length}
                  total={predictions.totalCount}
                />
              </PredictedItems>
            </>
          );
        }}
      </Loaded>
    </Stack>
  );
}
