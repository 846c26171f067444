"use client";
import { useQuery } from "@apollo/client/react";
import { Stack, Text } from "@mantine/core";
import type { SizesFieldsFragment } from "@/gql/graphql";
import { percent } from "@/lib/format";
import { useQueryParam } from "@/lib/useQueryParam";
import { CsvButton } from "@/ui/CsvButton";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import { ArmLegend } from "../ArmLegend.tsx";
import { BoardFrame } from "../BoardFrame.tsx";
import { ItemDialog } from "../ItemDialog.tsx";
import type { SetModel } from "../model.ts";
import { SizesQuery } from "../queries.ts";
import { TermHelp } from "../TermHelp.tsx";
import { type BoardProps, type SetChoice, useSetChoice } from "../useSetChoice.ts";
import { BoundaryErrorChart } from "./BoundaryErrorChart.tsx";
import { DroppedPixels } from "./DroppedPixels.tsx";
import { ItemErrors } from "./ItemErrors.tsx";
import { SizeScatter } from "./SizeScatter.tsx";
import { StrataTable } from "./StrataTable.tsx";
import { sizeSentences } from "./sentences.ts";
import { strataCsv } from "./sizesCsv.ts";

/** Dice against region size, beside what known errors cost at that size. */
export function RegionSizesTab(props: BoardProps) {
  const choice = useSetChoice(props.source);
  const query = useQuery(SizesQuery, { variables: choice.variables, fetchPolicy: "no-cache" });
  return (
    <BoardFrame {...props} choice={choice} query={query}>
      {(set, model) => <RegionSizes set={set} model={model} choice={choice} />}
    </BoardFrame>
  );
}

interface Props {
  readonly set: SizesFieldsFragment;
  readonly model: SetModel;
  readonly choice: SetChoice;
}

function RegionSizes({ set, model, choice }: Props) {
  const [itemId, open] = useQueryParam("item", "");
  const board = set.regionSizes;
  const sentences = sizeSentences(board);
  const opened = board.points.find((point) => point.itemId === itemId);
  const atLeast = board.arms.filter((arm) => arm.atLeast > 0);
  return (
    <>
      <Panel
        title="Is a low Dice a bad mask, or a small region?"
        note={`One mark per item and arm, mean over seeds. Lines: the items’ own truths moved by one, two and three pixels, smoothed over size. Short bars: reader to reader, where several readers outlined an item. A click opens the item. ${model.basis}.`}
      >
        {sentences.length > 0 && (
          <Stack className="finding" gap={2} mb="md">
            {sentences.map((sentence, at) => (
              <Text key={sentence} fz={at === 0 ? "lg" : "sm"} fw={at === 0 ? 600 : 400} lh={1.35}>
                {sentence}
              </Text>
            ))}
          </Stack>
        )}
        <SizeScatter board={board} model={model} onOpen={open} />
      </Panel>
      <Panel
        title="Outline error in pixels"
        note={
          <>
            The <TermHelp term="outline error">equivalent boundary error</TermHelp>: mean over items, averaged over
            seeds; interval over items in a stratum, over seeds for all sizes. {`${board.convention}. ${model.basis}.`}
            {atLeast.map(({ arm, atLeast: count, items }) => ` ${arm}: ${count} of ${items} at least that far off.`)}
          </>
        }
      >
        {board.points.length === 0 ? (
          <Empty title="No item has a region" />
        ) : (
          <>
            <ArmLegend arms={model.arms} />
            <BoundaryErrorChart board={board} arms={model.arms} />
          </>
        )}
      </Panel>
      <Panel
        flush
        title="Strata"
        note={`Mean over the items of a stratum; 95 % intervals over items, none below ten of them. ${model.basis}.`}
        actions={<CsvButton what="the strata" text={() => strataCsv(board, model)} file="region-size-strata" />}
      >
        <StrataTable board={board} arms={model.arms} />
      </Panel>
      <DroppedPixels curves={set.droppedPixels} model={model} />
      <ItemDialog
        choice={choice}
        model={model}
        items={board.points.map((point) => ({ id: point.itemId, name: point.itemName }))}
        itemId={itemId}
        onMove={open}
      >
        {opened && (
          <Text size="sm">
            Region {percent(opened.regionShare, 2)} of the image. <ItemErrors point={opened} arms={model.arms} />
          </Text>
        )}
      </ItemDialog>
    </>
  );
}
