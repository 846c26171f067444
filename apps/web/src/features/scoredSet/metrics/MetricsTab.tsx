"use client";
import { useQuery } from "@apollo/client/react";
import { Button, NativeSelect } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { fileName, saveText } from "@/lib/saveFile";
import { useQueryParam } from "@/lib/useQueryParam";
import { CsvButton } from "@/ui/CsvButton";
import { Panel } from "@/ui/Panel";
import { BoardFrame } from "../BoardFrame.tsx";
import type { SetModel } from "../model.ts";
import { DotPanels } from "../plot/DotPanels.tsx";
import { MetricsQuery } from "../queries.ts";
import { setOf } from "../source.ts";
import { type BoardProps, useSetChoice } from "../useSetChoice.ts";
import { MetricTableView } from "./MetricTableView.tsx";
import { metricPanels } from "./metricPanels.ts";
import { metricsCsv } from "./metricsCsv.ts";
import { metricsLatex } from "./metricsLatex.ts";
import type { MetricTable } from "./metricText.ts";

/** Every arm under every metric, against one arm. */
export function MetricsTab(props: BoardProps) {
  const choice = useSetChoice(props.source);
  const [reference, setReference] = useQueryParam("reference", "");
  const query = useQuery(MetricsQuery, {
    variables: { ...choice.variables, reference: reference || null },
    fetchPolicy: "no-cache",
  });
  const arms = setOf(query.data ?? query.previousData)?.arms ?? [];
  return (
    <BoardFrame
      {...props}
      choice={choice}
      query={query}
      classes="mean"
      keepPrevious
      controls={
        arms.length > 1 && (
          <NativeSelect
            label="Reference"
            value={reference || arms[0]?.arm}
            data={arms.map(({ arm }) => arm)}
            onChange={(event) => setReference(event.currentTarget.value)}
          />
        )
      }
    >
      {(set, model) => <Metrics table={set.metrics} model={model} />}
    </BoardFrame>
  );
}

function Metrics({ table, model }: { readonly table: MetricTable; readonly model: SetModel }) {
  const file = fileName("metrics", "against", table.reference);
  return (
    <>
      <Panel
        title="Arms under every metric"
        note={`Mark: mean over items, averaged over seeds; line: 95 % interval over seeds. Dashed: ${table.reference}. ${model.basis}.`}
      >
        <DotPanels
          groups={metricPanels(table, model.arms)}
          arms={model.arms}
          reference={table.reference}
          file={file}
          label={`Every metric as a panel with one mark per arm: ${model.arms.map(({ name }) => name).join(", ")}. The table below holds the numbers.`}
        />
      </Panel>
      <Panel
        flush
        title="Table"
        note={`Mean ± SD over seeds, 95 % interval, and the difference to ${table.reference} with its verdict. Each verdict stands for itself: of twenty intervals at 95 %, one misses by chance. ${model.basis}.`}
        actions={
          <>
            <CsvButton what="the metrics" text={() => metricsCsv(table, model)} file={file} />
            <Button
              size="xs"
              variant="default"
              leftSection={<IconDownload size={15} aria-hidden />}
              aria-label="Save the metrics as LaTeX"
              onClick={() => saveText(metricsLatex(table, model), `${file}.tex`, "application/x-tex")}
            >
              LaTeX
            </Button>
          </>
        }
      >
        <MetricTableView table={table} model={model} />
      </Panel>
    </>
  );
}
