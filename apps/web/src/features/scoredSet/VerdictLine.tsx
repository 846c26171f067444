"use client";
import { Text } from "@mantine/core";
import type { MetricsFieldsFragment } from "@/gql/graphql";
import { isNumber } from "@/lib/format";
import { verdictName } from "@/lib/words";
import { Help } from "./TermHelp.tsx";

type Cell = MetricsFieldsFragment["metrics"]["rows"][number]["cells"][number];

interface Props {
  readonly difference: NonNullable<Cell["difference"]>;
  /** A signed number of this metric. */
  readonly text: (value: number | null | undefined) => string;
}

/** A difference and its verdict in one line; the interval and the reason on hover. */
export function VerdictLine({ difference, text }: Props) {
  const { estimate, low, high, level, verdict, reason } = difference;
  const decided = verdict === "BETTER" || verdict === "WORSE" || verdict === "EQUIVALENT";
  const interval =
    isNumber(low) && isNumber(high)
      ? `${Math.round(level * 100)} % interval ${text(low)} to ${text(high)}. `
      : "No interval below two seeds. ";
  return (
    <Text size="xs" c={decided ? undefined : "dimmed"} component="div">
      <Help text={interval + reason}>
        {text(estimate)}{" "}
        <Text span inherit fw={decided ? 650 : 400}>
          {verdict ? verdictName[verdict] : "no verdict"}
        </Text>
      </Help>
    </Text>
  );
}
