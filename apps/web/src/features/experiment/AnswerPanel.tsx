"use client";
import { useQuery } from "@apollo/client/react";
import { Anchor, Stack, Text } from "@mantine/core";
import Link from "next/link";
import { useEffect } from "react";
import { classifierBasis } from "@/features/classificationComparison/model";
import { basisText } from "@/features/comparison/model";
import { differenceText, verdictSentence } from "@/features/comparison/verdict";
import { graphql } from "@/gql";
import { plural } from "@/lib/format";
import { Panel } from "@/ui/Panel";
import type { Experiment } from "./types.ts";

const AnswerQuery = graphql(`
  query ExperimentAnswer($id: UUID!, $armA: String!, $armB: String!) {
    experiment(id: $id) {
      id
      comparison(armA: $armA, armB: $armB, fold: TEST) {
        fold convention
        labelVersion { id number }
        difference { estimate low high level seeds items verdict reason detectable }
      }
      classificationComparison(armA: $armA, armB: $armB, fold: TEST) {
        fold
        metric { label convention }
        difference { estimate low high level seeds items verdict reason detectable }
      }
    }
  }
`);

/** What the experiment says so far, before any curve: each arm against the first. */
export function AnswerPanel({ experiment }: { readonly experiment: Experiment }) {
  const [reference, ...others] = experiment.arms.map((arm) => arm.name);
  if (reference === undefined || others.length === 0) return null;
  const scored = experiment.runs.filter((run) => run.evaluation).length;
  const total = experiment.runs.length;
  return (
    <Panel
      title={scored < total ? "Answer so far" : "Answer"}
      note={scored < total ? `${scored} of ${plural(total, "run")} scored on the test fold` : undefined}
    >
      <Stack gap="md">
        {others.map((other) => (
          <PairAnswer key={other} experiment={experiment} a={reference} b={other} scored={scored} />
        ))}
      </Stack>
    </Panel>
  );
}

interface PairProps {
  readonly experiment: Experiment;
  readonly a: string;
  readonly b: string;
  /** Runs scored so far: with each new one the answer is asked for again. */
  readonly scored: number;
}

function PairAnswer({ experiment, a, b, scored }: PairProps) {
  const { data, error, refetch } = useQuery(AnswerQuery, {
    variables: { id: experiment.id, armA: a, armB: b },
    fetchPolicy: "no-cache",
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new score is what makes the answer old
  useEffect(() => {
    refetch().catch(() => undefined);
  }, [scored, refetch]);
  const dice = data?.experiment?.comparison;
  const auc = data?.experiment?.classificationComparison;
  const comparison = dice ?? auc;
  if (error) return <Text size="sm">The answer cannot be shown: {error.message}</Text>;
  if (!comparison) {
    return (
      <Text size="sm" c="dimmed" mih={62}>
        {data ? `Nothing yet on ${b} against ${a}: both need a run that is scored on the test fold.` : "…"}
      </Text>
    );
  }
  const judged = {
    metric: auc ? auc.metric.label : "Dice",
    a: { name: a },
    b: { name: b },
    margin: experiment.equivalenceMargin ?? null,
    data: comparison,
  };
  const query = new URLSearchParams({ tab: "comparison", a, b });
  return (
    <div style={{ minHeight: 62 }}>
      <Text fz="lg" fw={600} lh={1.3} style={{ overflowWrap: "anywhere" }}>
        {verdictSentence(judged).headline}
      </Text>
      <Text size="sm">
        {differenceText(judged)}{" "}
        <Anchor component={Link} href={`/experiments/${experiment.id}?${query}`} size="sm" underline="always">
          See the comparison
        </Anchor>
      </Text>
      <Text size="xs" c="dimmed">
        {dice ? basisText(dice) : auc && classifierBasis(auc, experiment.labelVersion.number)}
      </Text>
    </div>
  );
}
