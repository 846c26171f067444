"use client";
import { useMutation, useQuery } from "@apollo/client/react";
import { Button, Group, NativeSelect, SimpleGrid, Stack, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useViewer } from "@/features/shell/viewer";
import { count, percent, score, signed } from "@/lib/format";
import { useQueryParam } from "@/lib/useQueryParam";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { Stat } from "@/ui/Stat";
import { ChangedItems } from "./ChangedItems.tsx";
import { type Cell, ClassChanges } from "./ClassChanges.tsx";
import { type Diff, type Version, versionName } from "./model.ts";
import { CompareVersions, DiffQuery } from "./queries.ts";

interface Props {
  /** Newest first. */
  readonly versions: readonly Version[];
  /** A worker is at some label job. */
  readonly busy: boolean;
  readonly onQueued: () => void;
}

/** Any two versions of one schema against each other. */
export function DiffPanel({ versions, busy, onQueued }: Props) {
  const newest = versions.find((version) =>
    versions.some((other) => other !== version && other.schema.id === version.schema.id),
  );
  const [b, setB] = useQueryParam("b", newest?.id ?? "");
  const second = versions.find(({ id }) => id === b) ?? newest;
  const others = versions.filter((version) => version !== second && version.schema.id === second?.schema.id);
  const usual = others.find(({ id }) => id === second?.madeFrom?.id) ?? others[0];
  const [a, setA] = useQueryParam("a", usual?.id ?? "");
  const first = others.find(({ id }) => id === a) ?? usual;
  if (!first || !second) return null;
  const choose = (label: string, version: Version, among: readonly Version[], set: (id: string) => void) => (
    <NativeSelect
      size="xs"
      label={label}
      value={version.id}
      data={among.map((each) => ({ value: each.id, label: versionName(each) }))}
      onChange={(event) => set(event.currentTarget.value)}
      maw="100%"
    />
  );
  return (
    <Panel
      title="What changed"
      note="Items whose label is another in the second version, in sets: nothing is guessed from a sample."
    >
      <Stack gap="md">
        <Group align="flex-end" gap="md">
          {choose("From version", first, others, setA)}
          {choose("To version", second, versions, setB)}
        </Group>
        <Changes key={`${first.id} ${second.id}`} a={first} b={second} busy={busy} onQueued={onQueued} />
      </Stack>
    </Panel>
  );
}

interface ChangesProps extends Omit<Props, "versions"> {
  readonly a: Version;
  readonly b: Version;
}

function Changes({ a, b, busy, onQueued }: ChangesProps) {
  const [cell, setCell] = useState<Cell | null>(null);
  const query = useQuery(DiffQuery, { variables: { a: a.id, b: b.id } });
  const { refetch } = query;
  const wasBusy = useRef(busy);
  useEffect(() => {
    if (wasBusy.current && !busy) void refetch(); // masks may have been measured
    wasBusy.current = busy;
  }, [busy, refetch]);
  return (
    <Loaded query={query}>
      {({ labelVersionDiff: diff }) => (
        <>
          <Counts diff={diff} />
          {diff.maskChanges && <Masks changes={diff.maskChanges} a={a.id} b={b.id} onQueued={onQueued} busy={busy} />}
          {diff.classChanges.length > 0 && (
            <ClassChanges changes={diff.classChanges} schema={b.schema} cell={cell} onPick={setCell} />
          )}
          <ChangedItems
            key={`${diff.maskChanges?.measured} ${JSON.stringify(cell)}`}
            a={a}
            b={b}
            cell={cell}
            total={diff.added + diff.removed + diff.changed}
          />
        </>
      )}
    </Loaded>
  );
}

const Counts = ({ diff }: { readonly diff: Diff }) => (
  <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
    <Stat label="Changed">{count(diff.changed)}</Stat>
    <Stat label="Added">{count(diff.added)}</Stat>
    <Stat label="Removed">{count(diff.removed)}</Stat>
    <Stat label="The same">{count(diff.same)}</Stat>
  </SimpleGrid>
);

interface MasksProps {
  readonly changes: NonNullable<Diff["maskChanges"]>;
  readonly a: string;
  readonly b: string;
  readonly busy: boolean;
  readonly onQueued: () => void;
}

function Masks({ changes, a, b, busy, onQueued }: MasksProps) {
  const { mayAnnotate } = useViewer();
  const [measure, { error, loading }] = useMutation(CompareVersions, { variables: { a, b } });
  if (changes.total === 0) return null;
  const open = changes.total - changes.measured;
  return (
    <>
      {error && <ErrorPanel error={error} />}
      {changes.measured > 0 && (
        <Group gap="lg">
          <Stat label="Mean Dice of changed masks">{score(changes.dice)}</Stat>
          <Stat label="Mean change of area">
            {typeof changes.areaChange === "number" ? `${signed(100 * changes.areaChange, 1)} %` : percent(null)}
          </Stat>
        </Group>
      )}
      {open > 0 && (
        <Group gap="sm">
          <Text size="sm">
            {count(open)} of {count(changes.total)} changed masks are not measured yet.
          </Text>
          {mayAnnotate && (
            <Button
              size="compact-sm"
              variant="default"
              loading={loading}
              disabled={busy}
              onClick={() => measure().then(onQueued, () => undefined)}
            >
              Measure them
            </Button>
          )}
        </Group>
      )}
    </>
  );
}
