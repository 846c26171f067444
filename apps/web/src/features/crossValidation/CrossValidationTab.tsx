"use client";
import { useQuery } from "@apollo/client/react";
import { Group, NativeSelect, Stack, Table, Text } from "@mantine/core";
import { comparedMetrics } from "@/features/classificationComparison/metrics";
import { useRenewed } from "@/features/comparison/useRenewed";
import { ArmName } from "@/features/curves/ArmKey";
import type { Experiment } from "@/features/experiment/types";
import { differenceText } from "@/features/noiseStudy/model";
import type { ArmLooks } from "@/lib/arms";
import { csvText } from "@/lib/csv";
import { isNumber, score } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useQueryParam } from "@/lib/useQueryParam";
import { CsvButton } from "@/ui/CsvButton";
import { Empty } from "@/ui/Empty";
import { Loaded, SkeletonRows } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { WideTable } from "@/ui/WideTable";
import { CrossValidationQuery } from "./queries.ts";
import { type ArmScores, RepeatScores } from "./RepeatScores.tsx";

interface Props {
  readonly experiment: Experiment;
  readonly look: ArmLooks;
  readonly classifies: boolean;
}

/** Every arm over the repeats of a cross-validation. */
export function CrossValidationTab({ experiment, look, classifies }: Props) {
  const metrics = classifies ? comparedMetrics : [{ value: "dice", label: "Mean Dice" }];
  const [metric, setMetric] = useQueryParam("cv-metric", classifies ? "accuracy" : "dice");
  const query = useQuery(CrossValidationQuery, { variables: { id: experiment.id, metric }, fetchPolicy: "no-cache" });
  useRenewed(experiment, query.refetch);
  const label = metrics.find(({ value }) => value === metric)?.label ?? metric;
  return (
    <Stack gap="md">
      <Group align="end">
        <NativeSelect
          label="Metric"
          value={metric}
          data={[...metrics]}
          onChange={(event) => setMetric(event.currentTarget.value)}
        />
        {query.data && (
          <CsvButton
            what={`${label} by repeat`}
            file={fileName(experiment.name, label)}
            text={() => csvOf(scoresOf(query.data), metric)}
          />
        )}
      </Group>
      <Loaded query={query} skeleton={<SkeletonRows rows={4} height={48} />}>
        {(data) => {
          const scores = scoresOf(data);
          if (scores.every(({ perRepeat }) => perRepeat.length === 0)) return <NotYet scores={scores} />;
          return (
            <Panel
              title={`${label} by arm`}
              note="Each mark is one repeat: its folds together score every item once, each by the model that did not see it. The upright bar is the mean, the line mean ± SD over repeats. Repeats share their items: SD and standard error are of partition and training, not of other items. Differences are paired by repeat, with their 95 % interval (t); the tab Comparison shows more of any two arms."
            >
              <RepeatScores scores={scores} look={look} metric={label} />
              <WideTable label={`${label} of every arm`} miw={760} mt="xs">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Arm</Table.Th>
                    <Table.Th className="number">Mean ± SD over repeats</Table.Th>
                    <Table.Th className="number">Standard error (SD / √repeats)</Table.Th>
                    <Table.Th>Against {scores[0]!.arm}</Table.Th>
                    <Table.Th className="number">Repeats</Table.Th>
                    <Table.Th className="number">n</Table.Th>
                    <Table.Th className="number">Runs scored</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {scores.map((each) => (
                    <Table.Tr key={each.arm}>
                      <Table.Td>
                        <ArmName name={each.arm} look={look(each.arm)} />
                      </Table.Td>
                      <Table.Td className="number" fw={600}>
                        {isNumber(each.mean) ? score(each.mean) : "–"}
                        {isNumber(each.sd) ? ` ± ${score(each.sd)}` : ""}
                      </Table.Td>
                      <Table.Td className="number">
                        {isNumber(each.standardError) ? score(each.standardError) : "–"}
                      </Table.Td>
                      <Table.Td title={each.difference?.reason}>{differenceText(each.difference)}</Table.Td>
                      <Table.Td className="number">{each.perRepeat.length}</Table.Td>
                      <Table.Td className="number">{each.n}</Table.Td>
                      <Table.Td className="number">
                        {each.runsScored} of {each.runs}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </WideTable>
            </Panel>
          );
        }}
      </Loaded>
    </Stack>
  );
}

const scoresOf = (data: {
  readonly experiment?: { readonly crossValidatedScores?: readonly ArmScores[] | null } | null;
}) => data.experiment?.crossValidatedScores ?? [];

function NotYet({ scores }: { readonly scores: readonly ArmScores[] }) {
  const [scored, planned] = [
    scores.reduce((sum, each) => sum + each.runsScored, 0),
    scores.reduce((sum, each) => sum + each.runs, 0),
  ];
  return (
    <Empty title="No repeat is whole yet">
      <Text size="sm">
        {scored} of {planned} runs are scored; a repeat counts when all of its folds are.
      </Text>
    </Empty>
  );
}

const csvOf = (scores: readonly ArmScores[], metric: string): string =>
  csvText(
    ["arm", "repeat", "metric", "value", "n"],
    scores.flatMap(({ arm, perRepeat, n }) => perRepeat.map((value, index) => [arm, index + 1, metric, value, n])),
  );
