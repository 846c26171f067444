"use client";
import { useQuery } from "@apollo/client/react";
import { Group, Loader, NativeSelect, Text } from "@mantine/core";
import { useEffect } from "react";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { ChanceGrid } from "./ChanceGrid.tsx";
import { ChancePairs } from "./ChancePairs.tsx";
import { type Schema, type Version, versionName } from "./model.ts";
import {
  type MatrixDraft,
  type MatrixSource,
  matricesOf,
  matrixSources,
  measuredMatrices,
  withChance,
} from "./noiseMatrix.ts";
import { DiffQuery } from "./queries.ts";

interface Props {
  readonly draft: MatrixDraft;
  readonly schema: Pick<Schema, "classes" | "exclusive">;
  /** Of the schema, newest first. */
  readonly versions: readonly Pick<Version, "id" | "number" | "rule">[];
  readonly onChange: (draft: MatrixDraft) => void;
}

/** Which class becomes which: a preset, what two label versions say of the same items, or numbers typed in. */
export function MatrixFields({ draft, schema, versions, onChange }: Props) {
  const { source, trueId, labelId, counts } = draft;
  const isMeasured = source === "measured";
  const different = trueId !== labelId && [trueId, labelId].every((id) => versions.some((each) => each.id === id));
  const query = useQuery(DiffQuery, { variables: { a: trueId, b: labelId }, skip: !isMeasured || !different });
  const changes = isMeasured && different ? query.data?.labelVersionDiff.classChanges : undefined;
  const measured = changes && measuredMatrices(changes, schema);
  const isNew = measured !== undefined && JSON.stringify(measured.counts) !== JSON.stringify(counts);
  useEffect(() => {
    if (isNew) onChange({ ...draft, ...measured });
  });

  function choose(next: MatrixSource) {
    const own =
      next === "own" ? { matrices: matricesOf(draft, schema), counts: null } : { matrices: null, counts: null };
    const pair = { trueId: trueId || (versions.at(-1)?.id ?? ""), labelId: labelId || (versions[0]?.id ?? "") };
    onChange({ ...draft, ...pair, ...own, source: next });
  }
  const version = (label: string, field: "trueId" | "labelId", description: string) => (
    <NativeSelect
      label={label}
      description={description}
      value={draft[field]}
      data={versions.map((each) => ({ value: each.id, label: versionName(each) }))}
      onChange={(event) => onChange({ ...draft, [field]: event.currentTarget.value, matrices: null, counts: null })}
      style={{ flex: "1 1 200px" }}
    />
  );
  const matrices = matricesOf(draft, schema);
  const edit = (question: number, truth: number, label: number, chance: number) =>
    matrices &&
    onChange({
      ...draft,
      source: "own",
      matrices: withChance(matrices, { question, truth, label }, chance),
      counts: null,
    });
  const known = isMeasured ? counts : null;
  return (
    <>
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label="Which label becomes which"
          value={source}
          data={matrixSources(schema)}
          onChange={(event) => choose(event.currentTarget.value as MatrixSource)}
          style={{ flex: "1 1 220px" }}
        />
        {isMeasured && version("True classes", "trueId", "Taken as right")}
        {isMeasured && version("Noisy labels", "labelId", "What they say of the same items")}
      </Group>
      {isMeasured && !different && (
        <Text size="sm" c="dimmed" mt="xs">
          {versions.length < 2
            ? "These labels have one version. Import another reader’s table, or make a version of one reader."
            : "Choose two different versions: the one that is right, and the one whose errors are to be copied."}
        </Text>
      )}
      {query.error && <ErrorPanel error={query.error} />}
      {isMeasured && different && query.loading && <Loader size="sm" mt="xs" aria-label="Counting" />}
      {known && (
        <Text size="xs" c="dimmed" mt="xs">
          Below each chance: the items behind it. A class that no item has stays as it is.
        </Text>
      )}
      {matrices &&
        (schema.exclusive ? (
          <ChanceGrid
            matrix={matrices[0]!}
            counts={known?.[0] ?? null}
            names={schema.classes}
            onEdit={(truth, label, chance) => edit(0, truth, label, chance)}
          />
        ) : (
          <ChancePairs matrices={matrices} counts={known} names={schema.classes} onEdit={edit} />
        ))}
    </>
  );
}
