"use client";
import { useQuery } from "@apollo/client/react";
import { ActionIcon, Group, NativeSelect, Skeleton, Stack, Text } from "@mantine/core";
import { IconArrowsExchange } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { type Experiment, endedRuns } from "@/features/experiment/types";
import type { ArmLooks } from "@/lib/arms";
import { useQueryParam, useSetQuery } from "@/lib/useQueryParam";
import { Empty } from "@/ui/Empty";
import { FoldSwitch, useFold } from "@/ui/FoldSwitch";
import { Loaded } from "@/ui/Loaded";
import { armDifferences } from "./armDifferences.ts";
import { ComparisonView } from "./ComparisonView.tsx";
import { comparisonModel } from "./model.ts";
import { ComparisonQuery } from "./queries.ts";

/** Which two arms, on which fold; then everything about the pair. */
export function ComparisonTab({ experiment, look }: { readonly experiment: Experiment; readonly look: ArmLooks }) {
  const names = experiment.arms.map((arm) => arm.name);
  const [armA, setA] = useQueryParam("a", names[0] ?? "");
  const [armB, setB] = useQueryParam("b", names.find((name) => name !== armA) ?? "");
  const [fold, setFold] = useFold();
  const setQuery = useSetQuery();
  const query = useQuery(ComparisonQuery, {
    variables: { id: experiment.id, armA, armB, fold, labelVersionId: experiment.labelVersion.id },
    skip: names.length < 2 || armA === armB,
    fetchPolicy: "no-cache",
  });

  const [a, b] = [armA, armB].map((name) => experiment.arms.find((arm) => arm.name === name));
  const differences = a && b && a !== b ? armDifferences(a, b, experiment.base) : null;

  // Every run that ends changes the answer; the page hears of it live.
  const ended = endedRuns(experiment);
  const answered = useRef(ended);
  const { refetch } = query;
  useEffect(() => {
    if (answered.current === ended) return;
    answered.current = ended;
    void refetch();
  }, [ended, refetch]);

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
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label="Exchange the arms"
          onClick={() => setQuery({ a: armB, b: armA })}
        >
          <IconArrowsExchange size={18} aria-hidden />
        </ActionIcon>
        <NativeSelect
          label="Compared with it (B)"
          value={armB}
          data={names}
          onChange={(event) => setB(event.currentTarget.value)}
        />
        <FoldSwitch fold={fold} onChange={setFold} />
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
        <Loaded query={query} skeleton={<ComparisonSkeleton />}>
          {({ experiment: found }) =>
            found?.comparison ? (
              <ComparisonView model={comparisonModel(found.comparison, look, experiment.equivalenceMargin ?? null)} />
            ) : (
              <section className="panel">
                <Empty title="Nothing to compare yet">
                  Both arms need at least one run that was scored on the {fold.toLowerCase()} fold. Scores come when a
                  run ends.
                </Empty>
              </section>
            )
          }
        </Loaded>
      )}
    </Stack>
  );
}

function ComparisonSkeleton() {
  return (
    <Stack gap="md" role="status" aria-label="Loading">
      <Skeleton h={150} />
      <Group grow>
        <Skeleton h={340} />
        <Skeleton h={340} />
      </Group>
    </Stack>
  );
}
