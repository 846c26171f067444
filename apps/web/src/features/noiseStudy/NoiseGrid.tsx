"use client";
import { Table, Text } from "@mantine/core";
import { ArmName } from "@/features/curves/ArmKey";
import type { ArmLooks } from "@/lib/arms";
import { isNumber, score } from "@/lib/format";
import { WideTable } from "@/ui/WideTable";
import { type Board, cellAt, levelText, type Noise, swapsAt, swapText } from "./model.ts";

interface Props {
  readonly board: Board;
  readonly noise: Noise;
  readonly looks: ArmLooks;
}

/** Training noise down, noise of the test labels across, every method in every cell; a cell where two change places is marked. */
export function NoiseGrid({ board, noise, looks }: Props) {
  const { trainingLevels, evaluationLevels } = noise;
  const corrected = noise.grid.some((cell) => isNumber(cell.corrected));
  return (
    <>
      <WideTable
        label={`${noise.name}: training noise by noise in the test labels`}
        miw={320 + 150 * evaluationLevels.length}
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th rowSpan={2}>Noise in training</Table.Th>
            <Table.Th rowSpan={2}>Method</Table.Th>
            <Table.Th colSpan={evaluationLevels.length} className="number">
              Noise in the test labels
            </Table.Th>
          </Table.Tr>
          <Table.Tr>
            {evaluationLevels.map((level) => (
              <Table.Th key={level} className="number">
                {levelText(noise, level)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {trainingLevels.flatMap((training) =>
            board.methods.map((method, place) => (
              <Row key={`${training} ${method}`} {...{ board, noise, looks, training, method }} isFirst={place === 0} />
            )),
          )}
        </Table.Tbody>
      </WideTable>
      {noise.swaps.length > 0 ? (
        <ul style={{ margin: "8px 0 0", paddingLeft: 18 }} aria-label="Methods that change places">
          {noise.swaps.map((swap) => (
            <li key={`${swap.trainingLevel} ${swap.evaluationLevel} ${swap.better} ${swap.worse}`}>
              <Text size="sm" span>
                ⇅ Trained with {levelText(noise, swap.trainingLevel)}, scored on{" "}
                {levelText(noise, swap.evaluationLevel)}: {swapText(swap)}.
              </Text>
            </li>
          ))}
        </ul>
      ) : (
        board.methods.length > 1 && (
          <Text size="sm" c="dimmed" mt="xs">
            No two methods change places between the columns.
          </Text>
        )
      )}
      {corrected && (
        <Text size="xs" c="dimmed" mt="xs">
          In brackets: the AUC that the noisy one stands for, corrected by the noise’s own flip rates.
        </Text>
      )}
    </>
  );
}

interface RowProps extends Props {
  readonly training: number;
  readonly method: string;
  readonly isFirst: boolean;
}

function Row({ board, noise, looks, training, method, isFirst }: RowProps) {
  return (
    <Table.Tr>
      {isFirst && (
        <Table.Th scope="rowgroup" rowSpan={board.methods.length} style={{ verticalAlign: "top", fontWeight: 600 }}>
          {levelText(noise, training)}
        </Table.Th>
      )}
      <Table.Td>
        <ArmName name={method} look={looks(method)} />
      </Table.Td>
      {noise.evaluationLevels.map((level) => {
        const cell = cellAt(noise, method, training, level);
        const swaps = swapsAt(noise, training, level).filter(({ better, worse }) => [better, worse].includes(method));
        const why = swaps.map(swapText).join("; ");
        if (!cell || !isNumber(cell.mean)) {
          return (
            <Table.Td key={level} className="number">
              <Text size="xs" c="dimmed">
                not yet
              </Text>
            </Table.Td>
          );
        }
        return (
          <Table.Td
            key={level}
            className="number"
            title={why === "" ? `n = ${cell.items}, ${cell.seeds} seeds` : why}
            style={swaps.length > 0 ? { outline: "2px solid var(--stamp)", outlineOffset: -2 } : undefined}
          >
            {swaps.length > 0 && (
              <span role="img" aria-label={why}>
                ⇅{" "}
              </span>
            )}
            {score(cell.mean)}
            {isNumber(cell.sd) ? ` ± ${score(cell.sd)}` : ""}
            {isNumber(cell.corrected) ? ` (${score(cell.corrected)})` : ""}
          </Table.Td>
        );
      })}
    </Table.Tr>
  );
}
