"use client";
import { useMutation } from "@apollo/client/react";
import { Button, Group, Modal, MultiSelect, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { type Reader, type Schema, schemaName, type Version, versionName } from "./model.ts";
import { NoiseFields } from "./NoiseFields.tsx";
import { matrixMissing } from "./noiseMatrix.ts";
import { CreateLabelVersion } from "./queries.ts";
import {
  emptyForm,
  needsReader,
  needsReaders,
  needsVersion,
  type RuleForm,
  ruleKinds,
  ruleOf,
  ties,
} from "./ruleForm.ts";

interface Props {
  readonly datasetId: string;
  /** Newest first. */
  readonly versions: readonly Version[];
  readonly schemas: readonly Schema[];
  readonly readers: readonly Reader[];
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onQueued: () => void;
}

/** Which rule, of which readers or from which version. A worker makes it. */
export function NewLabelVersion({ datasetId, versions, schemas, readers, opened, onClose, onQueued }: Props) {
  const [schemaId, setSchemaId] = useState(schemas[0]?.id ?? "");
  const [form, setForm] = useState(emptyForm);
  const [from, setFrom] = useState("");
  const [note, setNote] = useState("");
  const [create, { error, loading, reset }] = useMutation(CreateLabelVersion);
  const schema = schemas.find(({ id }) => id === schemaId) ?? schemas[0];
  if (!schema) return null;
  const set = (change: Partial<RuleForm>) => setForm({ ...form, ...change });
  const names = readers.filter((reader) => reader.schemaId === schema.id).map(({ name }) => name);
  const reader = names.includes(form.reader) ? form.reader : (names[0] ?? "");
  const sources = versions.filter((version) => version.schema.id === schema.id);
  const fromVersionId = needsVersion(form) ? from || sources[0]?.id : null;

  const incomplete =
    form.kind === "noise" && form.model === "asymmetric" && matrixMissing(form.matrix, schema) !== null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    const rule = ruleOf({ ...form, reader }, schema!);
    const input = { datasetId, schemaId: schema!.id, fromVersionId, rule, note: note.trim() };
    const done = await create({ variables: { input } }).catch(() => null);
    if (!done?.data) return;
    onQueued();
    close();
  }
  function close() {
    reset();
    onClose();
  }

  return (
    <Modal opened={opened} onClose={close} title="New label version" size={form.kind === "noise" ? "lg" : "md"}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {error && <ErrorPanel error={error} />}
          {schemas.length > 1 && (
            <NativeSelect
              label="Labels"
              value={schema.id}
              data={schemas.map((each) => ({ value: each.id, label: schemaName(each) }))}
              onChange={(event) => {
                setSchemaId(event.currentTarget.value);
                setFrom("");
                setForm(emptyForm);
              }}
            />
          )}
          <NativeSelect
            label="Rule"
            value={form.kind}
            data={ruleKinds(schema)}
            onChange={(event) => set({ kind: event.currentTarget.value })}
            data-autofocus
          />
          {needsVersion(form) && (
            <NativeSelect
              label="From version"
              value={fromVersionId ?? ""}
              data={sources.map((version) => ({ value: version.id, label: versionName(version) }))}
              onChange={(event) => setFrom(event.currentTarget.value)}
            />
          )}
          {form.kind === "noise" && <NoiseFields form={form} schema={schema} versions={sources} set={set} />}
          {needsReader(form) && (
            <NativeSelect
              label={form.kind === "adjudicated" ? "Adjudicator" : "Reader"}
              value={reader}
              data={names}
              onChange={(event) => set({ reader: event.currentTarget.value })}
            />
          )}
          {needsReaders(form) && (
            <MultiSelect
              label="Readers"
              description="In an order that counts where a tie goes to the first. None chosen: all"
              data={names}
              value={[...form.readers]}
              onChange={(chosen) => set({ readers: chosen })}
              placeholder={form.readers.length === 0 ? "all" : ""}
            />
          )}
          {form.kind === "majority" && (
            <NativeSelect
              label="A tie is"
              value={form.ties || ties(schema)[0]!.value}
              data={ties(schema)}
              onChange={(event) => set({ ties: event.currentTarget.value })}
            />
          )}
          <TextInput label="Note" value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          <Text size="sm" c="dimmed">
            Readers’ opinions stay as they are. The version pins the rule with its parameters; it cannot be changed
            afterwards.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={loading} disabled={names.length === 0 || incomplete}>
              Make version
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
