"use client";
import { useQuery } from "@apollo/client/react";
import { MultiSelect, Text } from "@mantine/core";
import type { Fold } from "@/gql/graphql";
import { count } from "@/lib/format";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { FoldSwitch } from "@/ui/FoldSwitch";
import { ItemsToNameQuery } from "./queries.ts";

interface Props {
  readonly runId: string;
  readonly fold: Fold;
  readonly onFold: (fold: Fold) => void;
  readonly chosen: readonly string[];
  readonly onChosen: (ids: string[]) => void;
}

/** Items by name, the most wrong first; test items only where a person turns to them. */
export function ItemsToName({ runId, fold, onFold, chosen, onChosen }: Props) {
  const query = useQuery(ItemsToNameQuery, { variables: { runId, fold } });
  const predictions = query.data?.run?.evaluation?.predictions;
  const data = (predictions?.edges ?? []).map(({ node }) => ({ value: node.item.id, label: node.item.name }));
  return (
    <div>
      <FoldSwitch fold={fold} onChange={(value) => onFold(value as Fold)} />
      <MultiSelect
        mt={8}
        size="sm"
        label={`Items of the ${fold.toLowerCase()} fold, the most wrong first; at most 16`}
        placeholder={query.loading ? "Loading…" : "Choose by name"}
        nothingFoundMessage={predictions ? "No such item" : "The run is not scored on this fold yet"}
        searchable
        maxValues={16}
        limit={50}
        data={data}
        value={[...chosen]}
        onChange={onChosen}
      />
      {predictions && predictions.totalCount > data.length && (
        <Text size="xs" c="dimmed">
          The {count(data.length)} most wrong of {count(predictions.totalCount)}.
        </Text>
      )}
      {query.error && <ErrorPanel error={query.error} retry={query.refetch} />}
    </div>
  );
}
