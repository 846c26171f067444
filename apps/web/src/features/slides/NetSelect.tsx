"use client";
import { useQuery } from "@apollo/client/react";
import { NativeSelect, Text } from "@mantine/core";
import type { SlidesQuery as SlidesData } from "@/gql/graphql";
import { count } from "@/lib/format";
import { checkpointText, overlapText, runText } from "./model.ts";
import { TileEncoderOverlapQuery } from "./queries.ts";

export type Nets = Pick<SlidesData, "weights" | "tileEncoderRuns">;

/** What the mutation takes: one of the two. */
export interface Net {
  readonly weightsId: string | null;
  readonly runId: string | null;
}

export const firstNet = ({ weights, tileEncoderRuns }: Nets): Net | null =>
  weights[0]
    ? { weightsId: weights[0].id, runId: null }
    : tileEncoderRuns[0]
      ? { weightsId: null, runId: tileEncoderRuns[0].id }
      : null;

interface Props {
  readonly datasetId: string;
  readonly nets: Nets;
  readonly value: Net | null;
  readonly onChange: (net: Net) => void;
}

/** Imported weights or a classification of the team's own, and whether that has seen these subjects. */
export function NetSelect({ datasetId, nets, value, onChange }: Props) {
  const { weights, tileEncoderRuns: runs } = nets;
  if (value === null) {
    return (
      <Text size="sm">
        There is no net yet: import weights on the team’s page, such as an ImageNet MobileNet, or train a
        classification.
      </Text>
    );
  }
  const run = runs.find(({ id }) => id === value.runId);
  const options = [
    { group: "imported weights", items: weights.map(({ id, name: label }) => ({ value: id, label })) },
    { group: "classification runs", items: runs.map((each) => ({ value: each.id, label: runText(each) })) },
  ];
  return (
    <>
      <NativeSelect
        label="Net"
        description={run ? checkpointText(run) : "Its last features, averaged over a tile"}
        value={value.runId ?? value.weightsId ?? ""}
        onChange={(event) => {
          const id = event.currentTarget.value;
          const isRun = runs.some((each) => each.id === id);
          onChange({ weightsId: isRun ? null : id, runId: isRun ? id : null });
        }}
        data={options.filter(({ items }) => items.length > 0)}
      />
      {run && <Overlap datasetId={datasetId} runId={run.id} />}
    </>
  );
}

function Overlap({ datasetId, runId }: { readonly datasetId: string; readonly runId: string }) {
  const { data } = useQuery(TileEncoderOverlapQuery, { variables: { datasetId, runId } });
  const overlap = data?.tileEncoderOverlap;
  if (!overlap) return null;
  const shared = overlapText(overlap);
  const unknown =
    overlap.unknown === 0 ? null : `${count(overlap.unknown)} of the items name no subject: of these nothing is known.`;
  return (
    <Text size="sm" c={shared ? "var(--stamp)" : "dimmed"} role="status">
      {[shared ?? "By their names, the run has learnt from no subject of these slides.", unknown]
        .filter(Boolean)
        .join(" ")}
    </Text>
  );
}
