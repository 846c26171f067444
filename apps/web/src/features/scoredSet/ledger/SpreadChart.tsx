"use client";
import { Stack, Text } from "@mantine/core";
import { ArmName } from "@/features/curves/ArmKey";
import { isNumber, score } from "@/lib/format";
import { useWidth } from "@/lib/useWidth";
import type { SetArm } from "../model.ts";
import { PlotMark } from "../plot/PlotMark.tsx";
import { linear, paddedRange } from "../plot/scale.ts";
import type { Ledger } from "./conventions.ts";
import { spreadSentence } from "./sentences.ts";

interface Props {
  readonly ledger: Ledger;
  readonly arms: readonly SetArm[];
}

/** How far each arm's Dice moves by convention alone; its mark is the reference convention. */
export function SpreadChart({ ledger: { spread, rows }, arms }: Props) {
  const [box, width] = useWidth();
  const ends = spread.flatMap(({ low, high }) => [low, high].filter(isNumber));
  const x = linear(paddedRange(ends, [0, 1]), [8, Math.max(9, width - 8)]);
  return (
    <Stack gap="md" ref={box} component="ul" p={0} m={0} style={{ listStyle: "none" }}>
      {arms.map((arm) => {
        const each = spread.find((row) => row.arm === arm.name);
        const reference = rows[0]?.arms.find((row) => row.arm === arm.name)?.mean;
        if (!each || !isNumber(each.low) || !isNumber(each.high)) return null;
        return (
          <li key={arm.name}>
            <ArmName name={arm.name} look={arm.look} />
            <Text size="lg" fw={600} lh={1.2} mt={2}>
              {score(each.low)} to {score(each.high)}
              <Text span size="sm" c="dimmed" fw={400}>
                , same masks
              </Text>
            </Text>
            {width > 0 && (
              <svg width={width} height={18} aria-hidden style={{ display: "block" }}>
                <line x1={0} x2={width} y1={9} y2={9} stroke="var(--hairline)" />
                <path
                  d={`M${x(each.low)} 4v10M${x(each.low)} 9H${x(each.high)}M${x(each.high)} 4v10`}
                  stroke={arm.look.color}
                  strokeWidth={2}
                  fill="none"
                />
                {isNumber(reference) && <PlotMark look={arm.look} x={x(reference)} y={9} />}
              </svg>
            )}
            <Text size="xs" c="dimmed">
              {spreadSentence(rows, each)}
            </Text>
          </li>
        );
      })}
    </Stack>
  );
}
