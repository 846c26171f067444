"use client";
import { Group, SimpleGrid, Stack, Table, Text, Title } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { ArmSign } from "@/features/curves/ArmKey";
import { CurveChart } from "@/features/curves/CurveChart";
import { armLook } from "@/lib/arms";
import { percent } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useScheme } from "@/lib/useScheme";
import { CsvButton } from "@/ui/CsvButton";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import { WideTable } from "@/ui/WideTable";
import { type Board, type ChartOfBands, chartsOf, curveName, lossRange, memorisationCsv, onsetText } from "./model.ts";

const axis = { name: "epoch", unit: 1 } as const;

export const NothingTold = () => (
  <Panel title="Memorisation">
    <Empty title="No run here has told what it learns by heart">
      It takes a run on a label version that was made by noise: there the ledger knows which labels are corrupted. Make
      one on the dataset’s Labels tab (rule “noise”), train on it, and score the test fold on the labels before the
      noise. The curves come with the first epoch.
    </Empty>
  </Panel>
);

interface Props {
  readonly board: Board;
  readonly name: string;
  readonly choice?: ReactNode;
}

export function MemorisationPanels({ board, name, choice }: Props) {
  const scheme = useScheme();
  const charts = useMemo(() => chartsOf(board, scheme), [board, scheme]);
  const range = useMemo(() => lossRange(charts), [charts]);
  const several = board.curves.length > 1;
  const seeds = Math.max(...board.curves.map(({ runs }) => runs.length));
  return (
    <Panel
      title="What is learnt by heart"
      note={`Training items after each epoch, not augmented: labels as given against labels before the noise, version ${board.clean.number}. ${
        seeds > 1 ? "Mean over seeds, band from the lowest to the highest. " : ""
      }A mark: the onset of memorisation.`}
      actions={
        <CsvButton what="memorisation" text={() => memorisationCsv(board)} file={fileName(name, "memorisation")} />
      }
    >
      <Stack gap="md">
        {choice}
        {several && <Key board={board} />}
        <SimpleGrid cols={{ base: 1, md: Math.min(2, charts.length) }} spacing="lg" verticalSpacing="lg">
          {charts.map((chart) => (
            <Chart key={chart.title} chart={chart} range={range} name={name} keyed={!several} />
          ))}
        </SimpleGrid>
        <Curves board={board} />
        <Text size="xs" c="dimmed">
          {board.rule}. The loss is cross entropy in nats, whatever the loss that is trained on.
        </Text>
      </Stack>
    </Panel>
  );
}

function Key({ board }: { readonly board: Board }) {
  const scheme = useScheme();
  return (
    <Group component="ul" gap="md" m={0} p={0} style={{ listStyle: "none" }} aria-label="Curves">
      {board.curves.map((curve, place) => (
        <Text
          key={curve.noise}
          component="li"
          size="xs"
          style={{ display: "inline-flex", gap: 6, alignItems: "center" }}
        >
          <ArmSign look={armLook(place, scheme)} size={9} />
          {curveName(curve)}
        </Text>
      ))}
    </Group>
  );
}

interface ChartProps {
  readonly chart: ChartOfBands;
  readonly range: readonly [number, number];
  readonly name: string;
  /** Curves are named below the chart. */
  readonly keyed: boolean;
}

function Chart({ chart: { title, note, curves, marks }, range, name, keyed }: ChartProps) {
  const scheme = useScheme();
  const ends = curves.map(
    (curve) => `${curve.name} ${curve.points.at(-1)?.mean?.toFixed(3) ?? "undefined"} at the end`,
  );
  return (
    <div style={{ minWidth: 0 }}>
      <Title order={3} fz="sm">
        {title}
        {note && (
          <Text span size="xs" c="dimmed" ml={8} fw={400}>
            {note}
          </Text>
        )}
      </Title>
      <CurveChart
        curves={curves}
        axis={axis}
        yName=""
        height={230}
        marks={marks}
        range={title.startsWith("Loss") ? range : [0, 1]}
        group={`${name} memorisation`}
        file={fileName(name, title)}
        label={`${title} by epoch: ${ends.join("; ")}`}
      />
      {keyed && (
        <Group gap="md" component="ul" m={0} p={0} style={{ listStyle: "none" }}>
          {curves.map((curve, place) => (
            <Text
              key={curve.name}
              component="li"
              size="xs"
              style={{ display: "inline-flex", gap: 6, alignItems: "center" }}
            >
              <ArmSign look={armLook(place, scheme)} size={9} />
              {curve.name}
            </Text>
          ))}
        </Group>
      )}
    </div>
  );
}

function Curves({ board }: { readonly board: Board }) {
  return (
    <WideTable label="Onset and memorised share" miw={620}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Noise</Table.Th>
          <Table.Th>Labels</Table.Th>
          <Table.Th className="number">Effective rate</Table.Th>
          <Table.Th className="number">Runs</Table.Th>
          <Table.Th>Onset</Table.Th>
          <Table.Th className="number">Memorised at the end</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {board.curves.map((curve) => (
          <Table.Tr key={curve.noise}>
            <Table.Td>{curve.noise}</Table.Td>
            <Table.Td>
              {curve.labelVersions.length === 1 ? "version" : "versions"}{" "}
              {curve.labelVersions.map(({ number }) => number).join(", ")}
            </Table.Td>
            <Table.Td className="number">{percent(curve.effectiveRate)}</Table.Td>
            <Table.Td className="number">{curve.runs.length}</Table.Td>
            <Table.Td>{onsetText(curve)}</Table.Td>
            <Table.Td className="number">{curve.effectiveRate === 0 ? "—" : percent(curve.share)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
