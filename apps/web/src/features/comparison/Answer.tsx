"use client";
import { Box, Stack, Text } from "@mantine/core";
import { isNumber, plural, signed } from "@/lib/format";
import { DifferencePlot } from "./DifferencePlot.tsx";
import type { ScoreComparison } from "./model.ts";
import { detectableText, differenceText, metricInText, verdictSentence } from "./verdict.ts";

const decided = new Set(["better", "worse", "equivalent"]);

export function Answer({ model }: { readonly model: ScoreComparison }) {
  const { headline, tone } = verdictSentence(model);
  const { theseRunsOnly, difference, unpairedSeeds, itemsLeftOut } = model.data;
  const detectable = detectableText(model);
  const edge = decided.has(tone) ? "var(--mantine-color-petrol-6)" : "var(--mantine-color-gray-5)";
  return (
    <Box style={{ borderLeft: `3px solid ${edge}`, paddingLeft: 14 }}>
      <Text fz="xl" fw={600} lh={1.25} style={{ overflowWrap: "anywhere" }}>
        {headline}
      </Text>
      <Text mt={2}>{differenceText(model)}</Text>
      <DifferencePlot model={model} />
      <Stack gap={2} fz="sm" c="dimmed">
        {model.margin === null ? (
          <span>
            No equivalence margin was declared in {metricInText(model.metric)}, so equivalence is never claimed.
          </span>
        ) : (
          <span>Shaded: the margin δ = ±{model.margin}, declared before the runs. Ticks: the paired seeds.</span>
        )}
        {tone === "none" && <span>{difference.reason.replace(/^No verdict: a/, "A")}</span>}
        {tone !== "none" && unpairedSeeds.length > 0 && (
          <span>Left out, as only one arm has a score: {plural(unpairedSeeds.length, "seed")}.</span>
        )}
        {tone !== "none" && itemsLeftOut > 0 && (
          <span>Left out, as not every run has a defined score: {plural(itemsLeftOut, "item")}.</span>
        )}
        {tone === "undecided" && (
          <span>
            The interval holds 0{model.margin === null ? "" : " and reaches beyond the margin"}: neither a difference
            nor equivalence is shown. Not detected is not “no effect”.
          </span>
        )}
        {detectable && <span>{detectable}</span>}
        {theseRunsOnly && isNumber(theseRunsOnly.low) && (
          <span>
            For these runs only, resampling the items: {signed(theseRunsOnly.low)} to {signed(theseRunsOnly.high)}. That
            is no verdict.
          </span>
        )}
      </Stack>
    </Box>
  );
}
