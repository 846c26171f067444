"use client";
import { Text } from "@mantine/core";
import { Help } from "@/features/scoredSet/TermHelp";
import { isNumber } from "@/lib/format";
import type { CutPoint } from "./cut.ts";

/** How many times the steps of random weights it takes to the common target; the reason on hover. */
export function SpeedLine({ speed }: { readonly speed: NonNullable<CutPoint["speedGap"]> }) {
  const { ratio, low, high, verdict, reason } = speed;
  const words = { BETTER: "faster", WORSE: "slower", EQUIVALENT: "equal", UNDECIDED: "undecided" } as const;
  const interval = isNumber(low) && isNumber(high) ? ` (${low.toPrecision(2)} to ${high.toPrecision(2)})` : "";
  return (
    <Text size="xs" c={verdict === "BETTER" || verdict === "WORSE" ? undefined : "dimmed"} component="div">
      <Help text={reason}>
        {isNumber(ratio) ? `× ${ratio.toPrecision(2)}${interval} ` : "not reached "}
        <Text span inherit fw={verdict === "BETTER" || verdict === "WORSE" ? 650 : 400}>
          {verdict ? words[verdict] : "no verdict"}
        </Text>
      </Help>
    </Text>
  );
}
