"use client";
import { Group, Text } from "@mantine/core";
import Link from "next/link";
import { ArmName } from "@/features/curves/ArmKey";
import type { ExperimentsQuery } from "@/gql/graphql";
import { armLooks } from "@/lib/arms";
import { isNumber, plural, score } from "@/lib/format";
import { scoreName } from "@/lib/scoreName";
import { useScheme } from "@/lib/useScheme";
import { RunCounts, totalCounts } from "@/ui/RunCounts";
import { When } from "@/ui/When";
import { ArmWhiskers } from "./ArmWhiskers.tsx";

type Experiment = ExperimentsQuery["experiments"]["edges"][number]["node"];

/** One experiment: its question, where its arms stand, how far its runs are. */
export function ExperimentRow({ experiment }: { readonly experiment: Experiment }) {
  const look = armLooks(experiment.arms, useScheme());
  return (
    <li className="experiment-row">
      <div>
        <Link href={`/experiments/${experiment.id}`} className="rowLink">
          {experiment.name}
        </Link>
        <Text size="sm" c="dimmed" lineClamp={2}>
          {experiment.question}
        </Text>
        <Text size="xs" c="dimmed" mt={4}>
          {experiment.project.name} · {experiment.dataset.name}, label version {experiment.labelVersion.number} ·{" "}
          <When iso={experiment.createdAt} />
        </Text>
      </div>
      <div>
        <div className="label">Validation {scoreName(experiment.base)}, mean ± SD over seeds</div>
        <Group gap="lg" wrap="nowrap" align="flex-start">
          <div style={{ flex: "1 1 auto", minWidth: 0 }}>
            {experiment.armSummaries.map((arm) => (
              <Group key={arm.arm} gap={8} wrap="nowrap" justify="space-between" mih={21}>
                <ArmName name={arm.arm} look={look(arm.arm)} />
                <ArmScore arm={arm} wanted={experiment.seeds.length} />
              </Group>
            ))}
          </div>
          <ArmWhiskers scoreName={scoreName(experiment.base)} arms={experiment.armSummaries} look={look} />
        </Group>
      </div>
      <div>
        <div className="label">Runs</div>
        <RunCounts counts={totalCounts(experiment.armSummaries.map((arm) => arm.runStates))} />
      </div>
    </li>
  );
}

interface ArmScoreProps {
  readonly arm: {
    readonly seeds: number;
    readonly mean?: number | null;
    readonly sd?: number | null;
    readonly runStates: { readonly running: number };
  };
  readonly wanted: number;
}

function ArmScore({ arm, wanted }: ArmScoreProps) {
  if (arm.seeds === 0) {
    return (
      <Text span size="xs" c="dimmed">
        not scored yet
      </Text>
    );
  }
  return (
    <Text span size="sm" ta="right">
      {score(arm.mean)}
      {isNumber(arm.sd) ? ` ± ${score(arm.sd)}` : ""}{" "}
      <Text span size="xs" c="dimmed">
        {arm.seeds === wanted ? plural(wanted, "seed") : `${arm.seeds} of ${plural(wanted, "seed")}`}
        {arm.runStates.running > 0 ? " so far" : ""}
      </Text>
    </Text>
  );
}
