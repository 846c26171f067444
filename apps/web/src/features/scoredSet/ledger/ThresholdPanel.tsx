"use client";
import { Button, Group, Slider, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { plural } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { CsvButton } from "@/ui/CsvButton";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import type { SetArm, SetModel } from "../model.ts";
import type { Ledger } from "./conventions.ts";
import { thresholdsCsv } from "./ledgerCsv.ts";
import { ThresholdChart } from "./ThresholdChart.tsx";

interface Props {
  readonly ledger: Ledger;
  readonly model: SetModel;
  readonly arms: readonly (SetArm & { readonly thresholds: readonly number[] })[];
  /** Null: each run's own. */
  readonly asked: number | null;
  readonly onThreshold: (threshold: number | null) => void;
}

/** The nearest threshold at which pixels are counted. */
const counted = (value: number) => Number(Math.min(0.95, Math.max(0.05, value)).toFixed(2));

function told(threshold: number | null, asked: number | null): string {
  if (threshold !== asked) return "The ledger is scored again…";
  return threshold === null
    ? "Scored at each run’s own threshold."
    : `The whole ledger is scored at ${threshold.toFixed(2)}.`;
}

/** The threshold is one more convention: moving it scores the whole ledger again. */
export function ThresholdPanel({ ledger, model, arms, asked, onThreshold }: Props) {
  const { thresholds: curves, thresholdsMissing, threshold = null } = ledger;
  const [shown, setShown] = useState(asked);
  useEffect(() => setShown(asked), [asked]);
  const missing =
    thresholdsMissing > 0
      ? ` ${plural(thresholdsMissing, "run")} without counts at other thresholds ${thresholdsMissing === 1 ? "is" : "are"} left out.`
      : "";
  return (
    <Panel
      title="Threshold"
      note={`Mean Dice per item, background out, both empty left out. Band: 95 % interval over seeds; open marks: the thresholds that the runs were scored at. ${model.basis}.${missing}`}
      actions={
        curves.length > 0 && (
          <CsvButton
            what="the threshold curves"
            text={() => thresholdsCsv(ledger, model)}
            file={fileName("Dice against threshold")}
          />
        )
      }
    >
      {curves.length === 0 ? (
        <Empty title="No counts at other thresholds">
          They are stored with evaluations made from now on. Runs scored earlier, and predictions that came as masks,
          have one threshold only.
        </Empty>
      ) : (
        <>
          <ThresholdChart curves={curves} arms={arms} threshold={shown}>
            <Slider
              min={0}
              max={1}
              step={0.05}
              value={shown ?? 0.5}
              onChange={(value) => setShown(counted(value))}
              onChangeEnd={(value) => onThreshold(counted(value))}
              label={(value) => value.toFixed(2)}
              styles={{ bar: { background: "transparent" } }}
              thumbLabel="Threshold of the whole ledger"
            />
          </ThresholdChart>
          <Group gap="sm" mt="sm">
            <Text size="sm" role="status">
              {told(threshold, asked)}
            </Text>
            {asked !== null && (
              <Button size="compact-xs" variant="default" onClick={() => onThreshold(null)}>
                Each run’s own
              </Button>
            )}
          </Group>
        </>
      )}
    </Panel>
  );
}
