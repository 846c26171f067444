"use client";
import { useMutation, useQuery } from "@apollo/client/react";
import { Button, Group, NumberInput, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type {
  InspectFeatureReuseInput,
  PositionRule,
  RunsToCompareQuery as RunsToCompareQueryData,
  WeightTime,
} from "@/gql/graphql";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Panel } from "@/ui/Panel";
import { runName } from "./comparison.ts";
import { AskFeatureReuse, RunsToCompareQuery } from "./queries.ts";

interface Props {
  readonly runId: string;
  readonly onAsked: (inspectionId: string) => unknown;
}

const times = [
  { value: "START", label: "start" },
  { value: "END", label: "end" },
];

/** Chooses the two sets of weights and starts the inspection. */
export function AskPanel({ runId, onAsked }: Props) {
  const [kind, setKind] = useState<"self" | "other">("self");
  const [other, setOther] = useState<string | null>(null);
  const [own, setOwn] = useState<WeightTime>("END");
  const [theirs, setTheirs] = useState<WeightTime>("END");
  const [items, setItems] = useState<number | string>(256);
  const [positions, setPositions] = useState<PositionRule>("AVERAGE");
  const query = useQuery(RunsToCompareQuery, { variables: { runId }, skip: kind === "self" });
  const [ask, asking] = useMutation(AskFeatureReuse);

  const input: InspectFeatureReuseInput | null =
    kind === "self"
      ? { a: { runId, at: "START" }, b: { runId, at: "END" } }
      : other === null
        ? null
        : { a: { runId, at: own }, b: { runId: other, at: theirs } };
  const start = async () => {
    if (!input) return;
    const answer = await ask({ variables: { input: { ...input, items: Number(items), positions } } }).catch(() => null);
    if (answer?.data) onAsked(answer.data.inspectFeatureReuse.id);
  };

  return (
    <Panel
      title="Compare"
      note="A worker puts validation items through both nets, and through random nets of the same kind for the nulls. Test items are never used."
    >
      <Stack gap="sm">
        <Group gap="md" align="flex-end">
          <SegmentedControl
            size="xs"
            aria-label="Comparison"
            value={kind}
            onChange={(value) => setKind(value as typeof kind)}
            data={[
              { value: "self", label: "start with end of this run" },
              { value: "other", label: "with another run" },
            ]}
          />
          <NumberInput label="Items, at most" size="xs" w={110} min={8} max={1024} value={items} onChange={setItems} />
          <Select
            label="Positions"
            size="xs"
            w={130}
            allowDeselect={false}
            value={positions}
            onChange={(value) => setPositions((value ?? "AVERAGE") as PositionRule)}
            data={[
              { value: "AVERAGE", label: "averaged" },
              { value: "FLATTENED", label: "flattened" },
            ]}
          />
        </Group>
        {kind === "other" && (
          <Group gap="md" align="flex-end">
            <TimeSelect label="This run's" value={own} onChange={setOwn} />
            <Select
              label="Other run"
              size="xs"
              style={{ flex: "1 1 240px" }}
              searchable
              placeholder={query.loading ? "Loading…" : "Choose a run"}
              nothingFoundMessage="No such run"
              value={other}
              onChange={setOther}
              data={choices(query.data, runId)}
            />
            <TimeSelect label="Its" value={theirs} onChange={setTheirs} />
          </Group>
        )}
        {query.error && <ErrorPanel error={query.error} retry={query.refetch} />}
        <Group gap="sm">
          <Button size="sm" onClick={start} loading={asking.loading} disabled={input === null}>
            Compare features
          </Button>
          <Text size="xs" c="dimmed">
            Asked before, the same answer is shown.
          </Text>
        </Group>
        {asking.error && <ErrorPanel error={asking.error} />}
      </Stack>
    </Panel>
  );
}

function TimeSelect(props: {
  readonly label: string;
  readonly value: WeightTime;
  readonly onChange: (value: WeightTime) => void;
}) {
  const { label, value, onChange } = props;
  return (
    <Select
      label={label}
      size="xs"
      w={90}
      allowDeselect={false}
      value={value}
      onChange={(chosen) => onChange((chosen ?? "END") as WeightTime)}
      data={times}
    />
  );
}

/** The starting run first, then the experiment's, then the team's newest; each once. */
function choices(data: RunsToCompareQueryData | undefined, runId: string): { value: string; label: string }[] {
  if (!data) return [];
  const all = [
    data.run?.startingRun ?? [],
    data.run?.experiment?.runs ?? [],
    data.runs.edges.map(({ node }) => node).filter(({ source }) => source === "TESSERA"),
  ].flat();
  const known = new Map(all.filter(({ id }) => id !== runId).map((each) => [each.id, runName(each)]));
  return [...known].map(([value, label]) => ({ value, label }));
}
