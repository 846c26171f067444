"use client";
import { useQuery } from "@apollo/client/react";
import { Group, Stack, Table, Text } from "@mantine/core";
import { VerdictLine } from "@/features/scoredSet/VerdictLine";
import { isNumber, plural, score, signed } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useRefetchOn } from "@/lib/useRefetchOn";
import { foldName } from "@/lib/words";
import { CsvButton } from "@/ui/CsvButton";
import { Empty } from "@/ui/Empty";
import { FoldSwitch, useFold } from "@/ui/FoldSwitch";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { WideTable } from "@/ui/WideTable";
import { EffectPlot } from "./EffectPlot.tsx";
import { FactorialQuery } from "./queries.ts";
import { type Board, effectRows, factorialCsv } from "./rows.ts";

interface Props {
  readonly experimentId: string;
  /** Raised when a run has ended. */
  readonly revision: number;
}

/** Board 25: is it the labels or the architecture? */
export function FactorialTab({ experimentId, revision }: Props) {
  const [fold, setFold] = useFold();
  const query = useQuery(FactorialQuery, { variables: { id: experimentId, fold }, fetchPolicy: "no-cache" });
  useRefetchOn(revision, query.refetch);
  return (
    <Stack gap="md">
      <Group gap="sm">
        <FoldSwitch fold={fold} onChange={setFold} />
      </Group>
      <Loaded query={query}>
        {({ experiment }) => {
          const board = experiment?.labelsVersusArchitecture;
          return board ? (
            <Panels board={board} name={experiment.name} />
          ) : (
            <section className="panel">
              <Empty title="These arms are no grid of label versions and architectures">
                They do not differ in both, or differ in something else too.
              </Empty>
            </section>
          );
        }}
      </Loaded>
    </Stack>
  );
}

function Panels({ board, name }: { readonly board: Board; readonly name: string }) {
  const { metric, scoredOn, items, cells, seed } = board;
  const basis = scoredOn
    ? `${foldName[board.fold]} fold, n = ${plural(items, "item")}, every arm scored on label version ${scoredOn.number}`
    : `no run is scored on the ${foldName[board.fold]} fold yet`;
  const rows = effectRows(board);
  const architectures = [...new Set(cells.map(({ architecture }) => architecture))];
  return (
    <>
      <section className="panel" aria-label="Answer" style={{ padding: 16 }}>
        <Text fw={600}>{board.sentence}</Text>
        <Text size="sm" c="dimmed" mt={4}>
          {basis}. A main effect is averaged over the other factor; “another seed alone” is an SD, no effect.
        </Text>
      </section>
      <Panel
        title={`Effects on ${metric.label}`}
        note="Mark: difference to the first level; line: 95 % interval over paired seeds. Dashed: ± one SD of one arm over seeds."
        actions={
          <CsvButton
            what="the effects"
            text={() => factorialCsv(board)}
            file={fileName(name, "labels or architecture")}
          />
        }
      >
        <EffectPlot rows={rows} file={fileName(name, "labels or architecture")} />
        <WideTable label="Effects with their verdicts" miw={560} verticalSpacing={5} mt="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Factor</Table.Th>
              <Table.Th>Level</Table.Th>
              <Table.Th>Against</Table.Th>
              <Table.Th className="number">Pairs of arms</Table.Th>
              <Table.Th>Effect and verdict</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.flatMap(({ group, effect }) =>
              effect
                ? [
                    <Table.Tr key={`${group} ${effect.level}`}>
                      <Table.Td>{group}</Table.Td>
                      <Table.Td>{effect.level}</Table.Td>
                      <Table.Td>{effect.reference}</Table.Td>
                      <Table.Td className="number">{effect.arms}</Table.Td>
                      <Table.Td>
                        <VerdictLine difference={effect.difference} text={(value) => signed(value)} />
                      </Table.Td>
                    </Table.Tr>,
                  ]
                : [],
            )}
          </Table.Tbody>
        </WideTable>
      </Panel>
      <Panel title="Cells" note={`Mean ± SD over seeds of ${metric.label}. ${basis}.`} flush>
        <WideTable label="Label versions by architectures" miw={160 + 140 * architectures.length}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Labels ↓, architecture →</Table.Th>
              {architectures.map((architecture) => (
                <Table.Th key={architecture} className="number named">
                  {architecture}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[...new Set(cells.map(({ labels }) => labels))].map((labels) => (
              <Table.Tr key={labels}>
                <Table.Th scope="row" className="named">
                  {labels}
                </Table.Th>
                {architectures.map((architecture) => {
                  const cell = cells.find((each) => each.labels === labels && each.architecture === architecture);
                  return (
                    <Table.Td key={architecture} className="number">
                      {!cell
                        ? "no arm"
                        : isNumber(cell.mean)
                          ? score(cell.mean) + (isNumber(cell.sd) ? ` ± ${score(cell.sd)}` : "")
                          : "not yet"}
                      {cell && (
                        <Text size="xs" c="dimmed">
                          {plural(cell.seeds, "seed")}
                        </Text>
                      )}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </WideTable>
      </Panel>
      {seed && (
        <Text size="xs" c="dimmed">
          Another seed alone: SD {seed.sd.toFixed(3)} (95 % interval {seed.low.toFixed(3)} to {seed.high.toFixed(3)}),
          pooled over {plural(seed.arms, "arm")} on {plural(seed.seeds, "seed")}. {metric.convention}.
        </Text>
      )}
    </>
  );
}
