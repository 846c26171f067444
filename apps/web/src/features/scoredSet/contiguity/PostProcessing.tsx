"use client";
import { Table, Text } from "@mantine/core";
import { ArmName } from "@/features/curves/ArmKey";
import { isNumber, score, signed } from "@/lib/format";
import { CsvButton } from "@/ui/CsvButton";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import { WideTable } from "@/ui/WideTable";
import { ArmLegend } from "../ArmLegend.tsx";
import type { SetArm, SetModel } from "../model.ts";
import { VerdictLine } from "../VerdictLine.tsx";
import { type PieceBoard, type Processed, pieceCount } from "./pieces.ts";
import { processedCsv } from "./piecesCsv.ts";
import { SlopeChart } from "./SlopeChart.tsx";

interface Props {
  readonly board: PieceBoard;
  readonly model: SetModel;
}

/** What cleaning the masks buys, with the way of cleaning chosen where it may be chosen. */
export function PostProcessing({ board, model }: Props) {
  const results = board.postProcessing;
  const chosen = results.some((result) => result.after);
  return (
    <Panel
      title="Post-processing"
      note={`Each arm’s way is chosen on validation, by Dice, and shown on the ${model.fold} fold. Difference: Dice after minus before. ${model.basis}.`}
      actions={
        results.length > 0 && (
          <CsvButton what="the post-processing" text={() => processedCsv(board, model)} file="post-processing" />
        )
      }
    >
      {chosen ? (
        <>
          <ArmLegend arms={model.arms} />
          <SlopeChart results={results} arms={model.arms} />
        </>
      ) : (
        <Empty title="Nothing is chosen yet">
          The choice needs the validation predictions of every run, scored and measured. Without them no way of cleaning
          masks may be picked.
        </Empty>
      )}
      {results.length > 0 && <Candidates results={results} arms={model.arms} />}
    </Panel>
  );
}

interface CandidatesProps {
  readonly results: readonly Processed[];
  readonly arms: readonly SetArm[];
}

/** The candidates' validation Dice, and what the chosen one does. */
function Candidates({ results, arms }: CandidatesProps) {
  const shown = arms.flatMap((arm) => {
    const result = results.find((each) => each.arm === arm.name);
    return result ? [{ arm, result }] : [];
  });
  const texts = [...new Set(shown.flatMap(({ result }) => result.candidates.map(({ text }) => text)))];
  return (
    <WideTable label="Ways of post-processing" mt="sm" miw={280 + 150 * shown.length}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Way (validation Dice)</Table.Th>
          {shown.map(({ arm }) => (
            <Table.Th key={arm.name} className="number named">
              <ArmName name={arm.name} look={arm.look} />
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {texts.map((text) => (
          <Table.Tr key={text}>
            <Table.Td>{text}</Table.Td>
            {shown.map(({ arm, result }) => {
              const isChosen = result.choice?.text === text;
              const dice = result.candidates.find((each) => each.text === text)?.validationDice;
              return (
                <Table.Td key={arm.name} className="number" fw={isChosen ? 650 : 400}>
                  {isChosen ? "chosen on validation: " : ""}
                  {isNumber(dice) ? score(dice) : "—"}
                </Table.Td>
              );
            })}
          </Table.Tr>
        ))}
        <Table.Tr style={{ background: "var(--well)" }}>
          <Table.Td fw={600}>Before, after on this fold</Table.Td>
          {shown.map(({ arm, result: { before, after, difference } }) => (
            <Table.Td key={arm.name} className="number">
              <Text size="sm">
                {score(before.dice)} → <b>{after ? score(after.dice) : "—"}</b>
              </Text>
              {difference && <VerdictLine difference={difference} text={(value) => signed(value)} />}
              <Text size="xs" c="dimmed">
                pieces {pieceCount(before.pieces)} → {after ? pieceCount(after.pieces) : "—"}
              </Text>
            </Table.Td>
          ))}
        </Table.Tr>
      </Table.Tbody>
    </WideTable>
  );
}
