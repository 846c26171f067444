"use client";
import { useQuery } from "@apollo/client/react";
import { Text } from "@mantine/core";
import type { ContiguityFieldsFragment } from "@/gql/graphql";
import { CsvButton } from "@/ui/CsvButton";
import { Panel } from "@/ui/Panel";
import { BoardFrame } from "../BoardFrame.tsx";
import type { SetModel } from "../model.ts";
import { DotPanels } from "../plot/DotPanels.tsx";
import { ContiguityQuery } from "../queries.ts";
import { TermHelp } from "../TermHelp.tsx";
import { type BoardProps, type SetChoice, useSetChoice } from "../useSetChoice.ts";
import { PieceGallery } from "./PieceGallery.tsx";
import { PostProcessing } from "./PostProcessing.tsx";
import { piecePanels, pieceSentence } from "./pieces.ts";
import { piecesCsv } from "./piecesCsv.ts";

/** Pieces, specks and holes beside Dice, before and after post-processing. */
export function ContiguityTab(props: BoardProps) {
  const choice = useSetChoice(props.source);
  const query = useQuery(ContiguityQuery, { variables: choice.variables, fetchPolicy: "no-cache" });
  return (
    <BoardFrame {...props} choice={choice} query={query}>
      {(set, model) => <Contiguity set={set} model={model} choice={choice} />}
    </BoardFrame>
  );
}

interface Props {
  readonly set: ContiguityFieldsFragment;
  readonly model: SetModel;
  readonly choice: SetChoice;
}

function Contiguity({ set, model, choice }: Props) {
  const board = set.contiguity;
  return (
    <>
      <Panel
        title="One region, or many pieces?"
        note={
          <>
            Means over items, averaged over seeds. <TermHelp term="pieces">Pieces</TermHelp>, <TermHelp term="specks" />
            , <TermHelp term="false pieces" />, <TermHelp term="holes" />, <TermHelp term="largest piece" />:{" "}
            {`${board.convention}. ${model.basis}.`}
          </>
        }
        actions={<CsvButton what="the pieces" text={() => piecesCsv(board, model)} file="pieces" />}
      >
        <Text className="finding" mb="md" fz="lg" fw={600} lh={1.3}>
          {pieceSentence(board.arms)}
        </Text>
        <DotPanels
          groups={[{ title: "", panels: piecePanels(board.arms) }]}
          arms={model.arms}
          file="pieces"
          label={`Dice, pieces, share of the largest piece, specks, false pieces and holes of each arm. ${pieceSentence(board.arms)}`}
        />
      </Panel>
      <PostProcessing board={board} model={model} />
      <PieceGallery choice={choice} model={model} />
    </>
  );
}
