"use client";
import { useQuery } from "@apollo/client/react";
import { Table } from "@mantine/core";
import type { Fold } from "@/gql/graphql";
import { count, score } from "@/lib/format";
import { Panel } from "@/ui/Panel";
import { When } from "@/ui/When";
import { FurtherScoringsQuery } from "./queries.ts";

/** The same predictions on other labels: recorded, shown, never in place of the first scoring. Nothing where there is none. */
export function FurtherScorings({ runId, fold }: { readonly runId: string; readonly fold: Fold }) {
  const { data } = useQuery(FurtherScoringsQuery, { variables: { id: runId, fold } });
  const all = data?.foldScorings ?? [];
  if (all.length < 2) return null;
  return (
    <Panel
      title={`Every scoring of the ${fold.toLowerCase()} fold`}
      note="The first is the run’s score. Later ones are the same predictions on other labels, or later predictions: no unseen test."
    >
      <Table verticalSpacing={5} aria-label="Scorings of this fold">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Scoring</Table.Th>
            <Table.Th>Label version</Table.Th>
            <Table.Th className="number">{all[0]!.task === "CLASSIFICATION" ? "AUC" : "Mean Dice"}</Table.Th>
            <Table.Th className="number">n</Table.Th>
            <Table.Th>When</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {all.map((each) => (
            <Table.Tr key={each.id}>
              <Table.Td>
                {each.scoring === 1 ? "the first" : `${each.scoring}${each.scoredFrom ? ", the same predictions" : ""}`}
              </Table.Td>
              <Table.Td>
                {each.labelVersion}: {each.labels}
              </Table.Td>
              <Table.Td className="number">{score(each.score)}</Table.Td>
              <Table.Td className="number">{count(each.items)}</Table.Td>
              <Table.Td>
                <When iso={each.createdAt} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}
