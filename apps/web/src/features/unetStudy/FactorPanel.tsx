"use client";
import { Table, Text } from "@mantine/core";
import { DotPanels } from "@/features/scoredSet/plot/DotPanels";
import { VerdictLine } from "@/features/scoredSet/VerdictLine";
import { armLook } from "@/lib/arms";
import { fileName } from "@/lib/saveFile";
import { useScheme } from "@/lib/useScheme";
import { CsvButton } from "@/ui/CsvButton";
import { Panel } from "@/ui/Panel";
import { WideTable } from "@/ui/WideTable";
import { metricDifference, metricTitle } from "../scoredSet/metrics/metricText.ts";
import {
  differenceIn,
  effectPanels,
  type Factor,
  type Facts,
  factorTitle,
  fieldText,
  type Level,
  levelText,
  type Metric,
  short,
} from "./study.ts";

const nowrap = { whiteSpace: "nowrap" } as const;

interface Props {
  readonly factor: Factor;
  readonly csv: () => string;
  readonly metrics: readonly Metric[];
  readonly basis: string;
  /** Of the image, pixels; undefined before a run is scored. */
  readonly size: number | undefined;
}

/** The levels of one factor against its reference: whiskers per metric, and a table that says what else differs. */
export function FactorPanel({ factor, csv, metrics, basis, size }: Props) {
  const scheme = useScheme();
  const reference = levelText(factor.name, factor.reference);
  const rows = factor.levels.map(({ level }, i) => ({
    name: levelText(factor.name, level),
    look: armLook(i, scheme),
    seeds: 0,
  }));
  const title = `${factorTitle[factor.name] ?? factor.name}: against ${reference}`;
  return (
    <Panel
      title={title}
      actions={
        <CsvButton what={`the effects of ${factor.name}`} text={csv} file={fileName("effects of", factor.name)} />
      }
      note={`Mark: difference to ${reference}, averaged over the arms that differ in this alone; line: 95 % interval over paired seeds. ${basis}.`}
    >
      <DotPanels
        groups={[{ title: `Difference to ${reference}`, panels: effectPanels(factor, metrics) }]}
        arms={rows}
        reference={reference}
        file={fileName("effect of", factor.name)}
        label={`${title}. A panel per metric, a mark per level; the table below holds the numbers.`}
      />
      <WideTable label={title} miw={760} verticalSpacing={6} mt="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Level</Table.Th>
            <Table.Th className="number">Arms</Table.Th>
            <Table.Th className="number">Weights</Table.Th>
            <Table.Th className="number">Receptive field</Table.Th>
            <Table.Th className="number">Multiply-adds</Table.Th>
            {metrics.map((metric) => (
              <Table.Th key={metric.name} className="number">
                {metricTitle(metric)} <span aria-hidden>{metric.higherIsBetter ? "↑" : "↓"}</span>
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {factor.levels.map((level) => (
            <Table.Tr key={level.level} style={{ verticalAlign: "top" }}>
              <Table.Td style={nowrap}>{levelText(factor.name, level.level)}</Table.Td>
              <Table.Td className="number">{level.arms}</Table.Td>
              <Beside level={level} of="parameters" text={short} />
              <Beside level={level} of="receptiveField" text={(value) => fieldText(value, size)} />
              <Beside level={level} of="multiplyAdds" text={short} />
              {metrics.map((metric) => (
                <Table.Td key={metric.name} className="number">
                  <Effect level={level} metric={metric} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </WideTable>
      <Text size="xs" c="dimmed" mt={6}>
        {factor.name === "depth"
          ? "Another depth is also another number of weights and another receptive field: what a depth buys is all of these together."
          : "Arms: those that have a partner with the reference and else the same. Weights, receptive field and multiply-adds: means over these arms, against those of their partners where they differ."}
      </Text>
    </Panel>
  );
}

interface BesideProps {
  readonly level: Level;
  readonly of: "parameters" | "receptiveField" | "multiplyAdds";
  readonly text: (value: number) => string;
}

/** A level's figure, and that of the arms it is set against where it is another. */
function Beside({ level, of, text }: BesideProps) {
  const partner = (level.partners as Facts | null | undefined)?.[of];
  // The reference has other partners in every row; a mean over all of its arms is none of them.
  if (partner === undefined && level.arms > 1) return <Table.Td className="number" />;
  return (
    <Table.Td className="number">
      {text(level[of])}
      {partner != null && text(partner) !== text(level[of]) && (
        <Text size="xs" c="dimmed">
          against {text(partner)}
        </Text>
      )}
    </Table.Td>
  );
}

function Effect({ level, metric }: { readonly level: Level; readonly metric: Metric }) {
  const difference = differenceIn(level, metric.name);
  if (!difference) {
    return (
      <Text size="xs" c="dimmed">
        reference
      </Text>
    );
  }
  return <VerdictLine difference={difference} text={(value) => metricDifference(metric, value)} />;
}
