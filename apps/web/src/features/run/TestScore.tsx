"use client";
import { useQuery } from "@apollo/client/react";
import { Text } from "@mantine/core";
import { plural, score } from "@/lib/format";
import { headlineScore } from "@/lib/scoreName";
import { RunTestScoreQuery } from "./queries.ts";

/** The run's one number, in its head. */
export function TestScore({ runId }: { readonly runId: string }) {
  const { data } = useQuery(RunTestScoreQuery, { variables: { id: runId } });
  const evaluation = data?.run?.evaluation;
  if (!evaluation) return null;
  return (
    <Text span size="sm" c="var(--mantine-color-text)">
      test {evaluation.task === "CLASSIFICATION" ? "AUC" : "Dice"} <b>{score(headlineScore(evaluation))}</b>{" "}
      <Text span size="xs" c="dimmed">
        {/* Of classification some may have no known truth: n stands with the scores. */}
        {evaluation.task === "CLASSIFICATION" ? "on" : "n ="} {plural(evaluation.items, "item")}, one seed
      </Text>
    </Text>
  );
}
