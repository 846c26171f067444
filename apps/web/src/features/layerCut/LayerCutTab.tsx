"use client";
import { useQuery } from "@apollo/client/react";
import { Group, NativeSelect, Skeleton, Stack, Text } from "@mantine/core";
import { comparedMetrics } from "@/features/classificationComparison/metrics";
import { isNumber, plural } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useQueryParam } from "@/lib/useQueryParam";
import { useRefetchOn } from "@/lib/useRefetchOn";
import { foldName } from "@/lib/words";
import { CsvButton } from "@/ui/CsvButton";
import { Empty } from "@/ui/Empty";
import { FoldSwitch, useFold } from "@/ui/FoldSwitch";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { CutCurve } from "./CutCurve.tsx";
import { CutTable } from "./CutTable.tsx";
import { cutCsv } from "./cut.ts";
import { LayerCutQuery } from "./queries.ts";
import { SpeedCurve } from "./SpeedCurve.tsx";

interface Props {
  readonly experimentId: string;
  /** Whether its runs classify; segmentation is compared in Dice. */
  readonly classifies: boolean;
  /** Raised when a run has ended. */
  readonly revision: number;
}

/** How many of a source's first blocks must be transferred. */
export function LayerCutTab({ experimentId, classifies, revision }: Props) {
  const [fold, setFold] = useFold();
  const [metric, setMetric] = useQueryParam("metric", "auc");
  const variables = { id: experimentId, fold, metric };
  const query = useQuery(LayerCutQuery, { variables, fetchPolicy: "no-cache" });
  useRefetchOn(revision, query.refetch);

  return (
    <Stack gap="md">
      <Group gap="sm">
        <FoldSwitch fold={fold} onChange={setFold} />
        {classifies && (
          <NativeSelect
            size="xs"
            aria-label="Metric"
            value={metric}
            data={comparedMetrics}
            onChange={(event) => setMetric(event.currentTarget.value)}
          />
        )}
      </Group>
      <Loaded query={query} skeleton={<Skeleton h={420} role="status" aria-label="Loading" />}>
        {({ experiment }) => {
          const cut = experiment?.layerCut;
          if (!experiment || !cut) {
            return (
              <section className="panel">
                <Empty title="These arms are no layer cut">
                  A layer cut has random weights, the first blocks of one source, and its whole encoder.
                </Empty>
              </section>
            );
          }
          const scored = cut.points.some(({ mean }) => isNumber(mean));
          const seeds = Math.max(...cut.points.map(({ perSeed }) => perSeed.length));
          const items = Math.max(0, ...cut.points.map(({ difference }) => difference?.items ?? 0));
          const margin = isNumber(cut.equivalenceMargin)
            ? `equivalent: within ${cut.equivalenceMargin}, declared before the runs`
            : "no margin was declared for this metric";
          const note = scored
            ? `${foldName[fold]} fold, n = ${plural(items, "item")}, ${plural(seeds, "seed")}, label version ${experiment.labelVersion.number}; ${margin}`
            : `no run is scored on the ${foldName[fold]} fold yet`;
          return (
            <Panel
              title={`${cut.metricLabel} against the blocks transferred`}
              note={note}
              actions={
                <CsvButton
                  what="the layer cut"
                  text={() => cutCsv(cut, experiment.labelVersion.number)}
                  file={fileName("layer cut", cut.metric)}
                />
              }
            >
              <Stack gap="md">
                <Text fw={600}>{cut.verdict}</Text>
                {scored ? (
                  <>
                    <CutCurve cut={cut} />
                    <Text size="xs" c="dimmed">
                      Mean and 95 % interval over seeds; small dots are seeds. The grey band is the interval of all{" "}
                      {cut.blocks.length} blocks.
                      {cut.statistics &&
                        " Statistics only: drawn anew with the mean and variance of the source's weights."}
                    </Text>
                    {isNumber(cut.target) && (
                      <div>
                        <Text fw={600} size="sm">
                          Steps to the common target, as a multiple of random weights'
                        </Text>
                        <Text size="xs" c="dimmed">
                          The target is {cut.target.toFixed(3)} on validation: 95 % of the way of random weights from
                          chance to their best. Below 1 is faster; 95 % intervals over seeds.
                        </Text>
                        <SpeedCurve cut={cut} />
                      </div>
                    )}
                    <CutTable cut={cut} />
                  </>
                ) : (
                  <Empty title="Nothing is scored yet">The curve comes with the first scored runs of two arms.</Empty>
                )}
              </Stack>
            </Panel>
          );
        }}
      </Loaded>
    </Stack>
  );
}
