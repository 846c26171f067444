"use client";
import { useMutation } from "@apollo/client/react";
import { Button, FileInput, Group, Modal, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { uploadFiles } from "@/features/import/uploadFiles";
import { type Schema, schemaName } from "@/features/labels/model";
import type { UncertainMeaning, UnmentionedMeaning } from "@/gql/graphql";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { LabelReports } from "./queries.ts";

interface Props {
  readonly datasetId: string;
  /** Of classes that do not exclude each other. */
  readonly schemas: readonly Schema[];
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onRead: (id: string) => void;
}

/** A table of reports, and what becomes of what it says. */
export function ReadReports({ datasetId, schemas, opened, onClose, onRead }: Props) {
  const [file, setFile] = useState<File | null>(null);
  const [schemaId, setSchemaId] = useState(schemas[0]?.id ?? "");
  const [reader, setReader] = useState("report labeller");
  const [uncertain, setUncertain] = useState<UncertainMeaning>("UNKNOWN");
  const [notMentioned, setNotMentioned] = useState<UnmentionedMeaning>("UNKNOWN");
  const [failed, setFailed] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [read] = useMutation(LabelReports);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!file) return;
    setBusy(true);
    setFailed(null);
    try {
      const [uploaded] = await uploadFiles([{ path: file.name, file }], () => undefined, new AbortController().signal);
      const input = {
        datasetId,
        schemaId: schemaId || null,
        sha256: uploaded!.sha256,
        reader,
        uncertain,
        notMentioned,
      };
      const done = await read({ variables: { input } });
      if (done.data) onRead(done.data.labelReports.id);
    } catch (error) {
      setFailed(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal opened={opened} onClose={onClose} title="Read reports">
      <form onSubmit={submit}>
        <Stack gap="sm">
          {failed !== null && <ErrorPanel error={failed} />}
          <FileInput
            label="Table of reports"
            description="CSV with the columns item and report; items by their names in this dataset"
            accept=".csv,text/csv"
            required
            value={file}
            onChange={setFile}
            placeholder="Choose a file"
          />
          <NativeSelect
            label="Classes"
            value={schemaId}
            data={[
              ...schemas.map((each) => ({ value: each.id, label: schemaName(each) })),
              { value: "", label: "the fourteen findings" },
            ]}
            onChange={(event) => setSchemaId(event.currentTarget.value)}
          />
          <TextInput
            label="Kept under the reader"
            required
            value={reader}
            onChange={(event) => setReader(event.currentTarget.value)}
          />
          <NativeSelect
            label="What is hedged counts as"
            value={uncertain}
            data={[
              { value: "UNKNOWN", label: "not known" },
              { value: "PRESENT", label: "present" },
              { value: "ABSENT", label: "absent" },
            ]}
            onChange={(event) => setUncertain(event.currentTarget.value as UncertainMeaning)}
          />
          <NativeSelect
            label="What is not mentioned counts as"
            value={notMentioned}
            data={[
              { value: "UNKNOWN", label: "not known" },
              { value: "ABSENT", label: "absent" },
            ]}
            onChange={(event) => setNotMentioned(event.currentTarget.value as UnmentionedMeaning)}
          />
          <Text size="xs" c="dimmed">
            The rules were tried on synthetic reports alone. Hold what they read against hand labels before you use it.
          </Text>
          <Group justify="flex-end">
            <Button type="submit" loading={busy} disabled={!file}>
              Read reports
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
