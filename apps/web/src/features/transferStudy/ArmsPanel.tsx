"use client";
import { Anchor, List, Text } from "@mantine/core";
import Link from "next/link";
import { ArmName } from "@/features/curves/ArmKey";
import { startingWeightsText } from "@/features/experiment/changesText";
import { count, duration, isNumber, plural } from "@/lib/format";
import { Panel } from "@/ui/Panel";
import { Stat } from "@/ui/Stat";
import type { Board, BoardArm, LookedArm } from "./model.ts";

interface Props {
  readonly board: Board;
  readonly arms: readonly LookedArm[];
}

type Hop = BoardArm["pretraining"]["hops"][number];

/** Each arm with what its start cost, and its verdict at every share. */
export function ArmsPanel({ board, arms }: Props) {
  return (
    <Panel
      title="The arms, and what their start cost"
      note="Pretraining is paid once, before the first step of this study, whatever the number of runs. The gaps above do not count it."
    >
      {arms.map((arm) => (
        <section
          key={arm.name}
          className="arm-editor"
          aria-label={arm.name}
          style={{ borderLeftColor: arm.look.color }}
        >
          <ArmName name={arm.name} look={arm.look} />
          <Text size="xs" c="dimmed">
            {startingWeightsText(arm.startingWeights)}
            {arm.name === board.reference ? ": the reference" : ""}
          </Text>
          {arm.verdict && (
            <Text size="sm" mt={4}>
              {arm.verdict}
            </Text>
          )}
          {arm.closing && (
            <Text size="sm" mt={4}>
              {arm.closing.sentence}
            </Text>
          )}
          <div className="transfer-costs">
            <Stat label="Pretraining" note={<Cost arm={arm} />}>
              {arm.pretraining.sentence}
            </Stat>
            <Stat label="Fine-tuning in this study">{tuningText(arm)}</Stat>
          </div>
        </section>
      ))}
    </Panel>
  );
}

function Cost({ arm: { pretraining } }: { readonly arm: BoardArm }) {
  // Of imported weights alone the sentence says all.
  if (pretraining.hops.every(({ runId }) => runId === null)) return null;
  return (
    <List size="xs" listStyleType="decimal" mt={2}>
      {pretraining.hops.map((hop) => (
        <List.Item key={hop.runId ?? hop.weightsId ?? hop.name}>
          {hop.runId ? (
            <Anchor component={Link} href={`/runs/${hop.runId}`} fz="xs" underline="always">
              {hop.name}
            </Anchor>
          ) : (
            hop.name
          )}
          {hopText(hop)}
        </List.Item>
      ))}
    </List>
  );
}

function hopText({ weightsId, dataset, steps, seconds, trainItems }: Hop): string {
  if (weightsId) return ": imported, what it cost is not known";
  const parts = [
    dataset && `on ${dataset}`,
    isNumber(trainItems) && plural(trainItems, "item"),
    isNumber(steps) && plural(steps, "step"),
    isNumber(seconds) && duration(seconds * 1000),
  ].filter((each) => typeof each === "string");
  return parts.length > 0 ? `: ${parts.join(", ")}` : "";
}

/** Of the runs that succeeded: their updates and their time. */
function tuningText({ cells }: BoardArm): string {
  const done = cells.filter(({ runStates }) => runStates.succeeded > 0);
  if (done.length === 0) return "no run has ended yet";
  const steps = done.reduce((sum, { budget, runStates }) => sum + budget * runStates.succeeded, 0);
  const seconds = done.reduce(
    (sum, { secondsPerRun, runStates }) => sum + (secondsPerRun ?? 0) * runStates.succeeded,
    0,
  );
  const runs = done.reduce((sum, { runStates }) => sum + runStates.succeeded, 0);
  return `${plural(runs, "run")}, ${count(steps)} updates in all, ${duration(seconds * 1000)}`;
}
