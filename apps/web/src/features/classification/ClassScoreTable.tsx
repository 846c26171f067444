"use client";
import { Table, Text, UnstyledButton } from "@mantine/core";
import { count, isNumber, score } from "@/lib/format";
import { WideTable } from "@/ui/WideTable";
import type { ClassScores } from "./model.ts";
import { aucText, thresholdText, withInterval } from "./rocPath.ts";

interface Props {
  readonly classes: readonly ClassScores[];
  readonly specificity: number;
  readonly shown: string;
  readonly onShow: (name: string) => void;
}

/** A row per class; the one whose curves are shown is marked. */
export function ClassScoreTable({ classes, specificity, shown, onShow }: Props) {
  return (
    <WideTable label="Scores by class" miw={620}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Class</Table.Th>
          <Table.Th className="number">Present of n</Table.Th>
          <Table.Th className="number">AUC</Table.Th>
          <Table.Th className="number">Average precision</Table.Th>
          <Table.Th className="number">Sensitivity at {specificity}</Table.Th>
          <Table.Th className="number">Calibration error</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {classes.map((each) => (
          <Table.Tr key={each.name} style={{ verticalAlign: "top" }}>
            <Table.Td>
              {classes.length === 1 ? (
                each.name
              ) : (
                <UnstyledButton
                  aria-pressed={each.name === shown}
                  onClick={() => onShow(each.name)}
                  fw={each.name === shown ? 650 : 400}
                  fz="sm"
                >
                  {each.name}
                </UnstyledButton>
              )}
            </Table.Td>
            <Table.Td className="number">
              {count(each.positives)} of {count(each.n)}
            </Table.Td>
            <Table.Td className="number">{aucText(each)}</Table.Td>
            <Table.Td className="number">
              {withInterval(each.averagePrecision, each.averagePrecisionLow, each.averagePrecisionHigh)}
              {each.n > 0 && isNumber(each.averagePrecision) && (
                <Text size="xs" c="dimmed">
                  chance {score(each.positives / each.n)}
                </Text>
              )}
            </Table.Td>
            <Table.Td className="number">
              {score(each.atSpecificity?.sensitivity)}
              {each.atSpecificity && (
                <Text size="xs" c="dimmed">
                  {thresholdText(each.atSpecificity)}
                </Text>
              )}
            </Table.Td>
            <Table.Td className="number">{score(each.calibration.error)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
