"use client";
import { ActionIcon, Group, NativeSelect, Skeleton, Stack, Text } from "@mantine/core";
import { IconArrowsExchange } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Experiment } from "@/features/experiment/types";
import { Empty } from "@/ui/Empty";
import { armDifferences } from "./armDifferences.ts";
import type { ArmPair } from "./useArmPair.ts";

interface Props {
  readonly experiment: Experiment;
  readonly pair: ArmPair;
  /** More choices, beside the arms. */
  readonly choices: ReactNode;
  /** The comparison of the pair. */
  readonly children: ReactNode;
}

/** The choice of two arms and what differs between them, above their comparison. */
export function PairFrame({ experiment, pair, choices, children }: Props) {
  const { names, armA, armB, setA, setB, exchange } = pair;
  const [a, b] = [armA, armB].map((name) => experiment.arms.find((arm) => arm.name === name));
  const differences = a && b && a !== b ? armDifferences(a, b, experiment.base) : null;
  if (names.length < 2) {
    return (
      <section className="panel">
        <Empty title="One arm alone cannot be compared">Start an experiment with two or more arms.</Empty>
      </section>
    );
  }
  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label="Reference (A)"
          value={armA}
          data={names}
          onChange={(event) => setA(event.currentTarget.value)}
        />
        <ActionIcon variant="subtle" color="gray" size={36} aria-label="Exchange the arms" onClick={exchange}>
          <IconArrowsExchange size={18} aria-hidden />
        </ActionIcon>
        <NativeSelect
          label="Compared with it (B)"
          value={armB}
          data={names}
          onChange={(event) => setB(event.currentTarget.value)}
        />
        {choices}
      </Group>
      {differences && (
        <Text size="sm">
          <Text span c="dimmed" inherit>
            From A to B:
          </Text>{" "}
          {differences.length > 0 ? differences.join("; ") : "nothing but the name differs"}.
        </Text>
      )}
      {armA === armB ? (
        <section className="panel">
          <Empty title="Choose two different arms">An arm has no difference from itself.</Empty>
        </section>
      ) : (
        children
      )}
    </Stack>
  );
}

/** Where a pair is not scored yet. */
export const NotCompared = ({ fold }: { readonly fold: string }) => (
  <section className="panel">
    <Empty title="Nothing to compare yet">
      Both arms need at least one run that was scored on the {fold.toLowerCase()} fold. Scores come when a run ends.
    </Empty>
  </section>
);

export const ComparisonSkeleton = () => (
  <Stack gap="md" role="status" aria-label="Loading">
    <Skeleton h={150} />
    <Group grow>
      <Skeleton h={340} />
      <Skeleton h={340} />
    </Group>
  </Stack>
);
