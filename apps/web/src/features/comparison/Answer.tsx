"use client";
import { Box, Group, Text } from "@mantine/core";
import { isNumber, signed } from "@/lib/format";
import { DifferencePlot } from "./DifferencePlot.tsx";
import type { ComparisonModel } from "./model.ts";
import { detectableText, differenceText, verdictSentence } from "./verdict.ts";

export function Answer({ model }: { readonly model: ComparisonModel }) {
  const { headline, tone } = verdictSentence(model);
  const { difference, theseRunsOnly } = model.data;
  const detectable = detectableText(model);
  const edge =
    tone === "better" || tone === "equivalent" || tone === "worse"
      ? "var(--mantine-color-petrol-6)"
      : "var(--hairline)";
  return (
    <Box style={{ borderLeft: `3px solid ${edge}`, paddingLeft: 14 }}>
      <Text fz="xl" fw={600} lh={1.25} style={{ overflowWrap: "anywhere" }}>
        {headline}
      </Text>
      <Text mt={2}>{differenceText(model)}</Text>
      <DifferencePlot model={model} />
      <Text size="sm">{difference.reason}</Text>
      {detectable && difference.verdict === "UNDECIDED" && (
        <Text size="sm" mt={4}>
          {detectable} Not detected is not “no effect”.
        </Text>
      )}
      <Group gap="md" mt={6} fz="xs" c="dimmed">
        <span>
          {model.margin === null
            ? "No equivalence margin was declared."
            : `Margin δ = ${model.margin}, declared before the runs.`}
        </span>
        {theseRunsOnly && (
          <span>
            These runs only (items resampled, no verdict): {signed(theseRunsOnly.low)} to {signed(theseRunsOnly.high)}.
          </span>
        )}
        {detectable && difference.verdict !== "UNDECIDED" && isNumber(difference.estimate) && <span>{detectable}</span>}
      </Group>
    </Box>
  );
}
