"use client";
import { SimpleGrid, Text } from "@mantine/core";
import type { RunClassificationQuery } from "@/gql/graphql";
import { count, score } from "@/lib/format";
import { Panel } from "@/ui/Panel";
import { Stamp } from "@/ui/Stamp";
import { Stat } from "@/ui/Stat";

type Evaluation = NonNullable<NonNullable<RunClassificationQuery["run"]>["evaluation"]>;

interface Props {
  readonly evaluation: Evaluation;
  readonly scores: NonNullable<Evaluation["classification"]>;
}

/** Every metric of the run on one fold, and how each is computed. */
export function MetricStats({ evaluation, scores }: Props) {
  return (
    <Panel
      title={`Scores on the ${evaluation.fold.toLowerCase()} fold`}
      note={`Over all classes. Sensitivity at a specificity of ${scores.specificity}.`}
    >
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="md">
        {scores.metrics.map(({ metric, value }) => (
          <Stat key={metric.name} label={metric.label}>
            {score(value)}
          </Stat>
        ))}
        <Stat label="Checkpoint">step {count(evaluation.checkpointStep)}</Stat>
        <Stat label="Scored at">
          {evaluation.size} × {evaluation.size} px
        </Stat>
        <Stat label="Scoring">
          {evaluation.scoring === 1 ? (
            "the first"
          ) : (
            <Stamp why="This fold was scored before by the same run: it is no longer an unseen test.">{`scoring ${evaluation.scoring}`}</Stamp>
          )}
        </Stat>
      </SimpleGrid>
      <details style={{ marginTop: 12 }}>
        <summary>How each is computed</summary>
        {scores.metrics.map(({ metric }) => (
          <Text key={metric.name} size="sm">
            {metric.label}: {metric.convention}.
          </Text>
        ))}
      </details>
    </Panel>
  );
}
