"use client";
import { Checkbox, Group, NativeSelect, NumberInput, SegmentedControl, Stack, Table, Text, Textarea, TextInput } from "@mantine/core"; // biome-ignore format: one line
import { WideTable } from "@/ui/WideTable";
import type { CountsDraft, SchemaChoice } from "./draft.ts";

interface Props {
  /** For those who hear the fields: "stage 1". */
  readonly of: string;
  readonly counts: CountsDraft;
  readonly classes: readonly string[];
  readonly schemas: readonly SchemaChoice[];
  readonly set: (change: Partial<CountsDraft>) => void;
}

/** A stage's counts: typed in, pasted as a table, or counted from stored labels. */
export function CountsFields({ of, counts, classes, schemas, set }: Props) {
  const stored = schemas.length > 0;
  return (
    <Stack gap="xs">
      <SegmentedControl
        size="xs"
        aria-label={`Where the counts of ${of} come from`}
        value={counts.from}
        onChange={(from) => set({ from: from as CountsDraft["from"] })}
        data={[
          { value: "typed", label: "Typed in" },
          { value: "csv", label: "CSV" },
          { value: "stored", label: "Stored labels", disabled: !stored },
        ]}
      />
      {counts.from === "typed" && <Grid of={of} counts={counts} classes={classes} set={set} />}
      {counts.from === "csv" && (
        <Textarea
          label="Table"
          description="Columns before, after, items and, where there are sites or sets, set; a line for each pair of classes"
          autosize
          minRows={4}
          maxRows={12}
          value={counts.csv}
          placeholder={`before,after,items\n${classes[0] ?? "absent"},${classes[1] ?? "present"},12`}
          onChange={(event) => set({ csv: event.currentTarget.value })}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        />
      )}
      {counts.from === "stored" && <Stored counts={counts} schemas={schemas} set={set} />}
      <TextInput
        label="Source"
        description={
          counts.from === "stored"
            ? "May be left empty: the two versions are named"
            : "The study that the numbers are from"
        }
        required={counts.from !== "stored"}
        maxLength={1000}
        value={counts.source}
        onChange={(event) => set({ source: event.currentTarget.value })}
      />
      <Checkbox
        label="The items were chosen by the class after, not by the class before"
        description="As when films are drawn by their label, and then read. How common each class after is then turns the rates round"
        checked={counts.chosenByAfter}
        onChange={(event) => set({ chosenByAfter: event.currentTarget.checked })}
      />
      {counts.chosenByAfter && (
        <TextInput
          label="Share of each class after among all items, %"
          description={`In the order ${classes.join(", ")}`}
          required
          value={counts.shares}
          placeholder="95.3, 4.7"
          onChange={(event) => set({ shares: event.currentTarget.value })}
        />
      )}
    </Stack>
  );
}

function Grid({ of, counts, classes, set }: Omit<Props, "schemas">) {
  const at = (i: number, j: number) => counts.counts[i]?.[j];
  const put = (i: number, j: number, value: number) =>
    set({ counts: classes.map((_, row) => classes.map((__, column) => (row === i && column === j ? value : (at(row, column) ?? 0)))) }); // biome-ignore format: one line
  if (classes.length < 2) {
    return (
      <Text size="sm" c="dimmed">
        Name the classes first.
      </Text>
    );
  }
  return (
    <WideTable label={`Items of ${of}`} miw={110 + 96 * classes.length} withRowBorders={false} verticalSpacing={3}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Before ↓, after →</Table.Th>
          {classes.map((name) => (
            <Table.Th key={name} className="named">
              {name}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {classes.map((before, i) => (
          <Table.Tr key={before}>
            <Table.Th scope="row" className="named">
              {before}
            </Table.Th>
            {classes.map((after, j) => (
              <Table.Td key={after}>
                <NumberInput
                  size="xs"
                  hideControls
                  min={0}
                  allowDecimal={false}
                  aria-label={`${of}: items ${before} before, ${after} after`}
                  value={at(i, j) ?? ""}
                  onChange={(value) => put(i, j, Number(value) || 0)}
                />
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

function Stored({ counts, schemas, set }: Pick<Props, "counts" | "schemas" | "set">) {
  const schema = schemas.find(({ id }) => id === counts.schemaId);
  return (
    <Stack gap="xs">
      <NativeSelect
        label="Labels"
        required
        value={counts.schemaId}
        data={[
          { value: "", label: "Choose a dataset’s labels" },
          ...schemas.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(event) => {
          const chosen = schemas.find(({ id }) => id === event.currentTarget.value);
          const className = chosen && !chosen.exclusive ? chosen.classes[0]! : "";
          set({ schemaId: event.currentTarget.value, className, before: "", after: "" });
        }}
      />
      {schema && !schema.exclusive && (
        <NativeSelect
          label="Class"
          description="Absent or present: the chain’s classes are then absent, present"
          value={counts.className}
          data={[...schema.classes]}
          onChange={(event) => set({ className: event.currentTarget.value })}
        />
      )}
      {schema?.exclusive && (
        <Text size="xs" c="dimmed">
          The chain’s classes are then {schema.classes.join(", ")}.
        </Text>
      )}
      {schema && (
        <Group grow align="flex-start">
          {(["before", "after"] as const).map((side) => (
            <NativeSelect
              key={side}
              label={side === "before" ? "Before" : "After"}
              required
              value={counts[side]}
              data={[{ value: "", label: "Choose" }, ...schema.sides]}
              onChange={(event) => set({ [side]: event.currentTarget.value })}
            />
          ))}
        </Group>
      )}
      {schema && (
        <Checkbox label="A sample for each site" checked={counts.bySite} onChange={(event) => set({ bySite: event.currentTarget.checked })} /> // biome-ignore format: one line
      )}
    </Stack>
  );
}
