"use client";
import { useMutation } from "@apollo/client/react";
import { Button, FileButton, Group, Modal, Progress, Stack, Text, TextInput } from "@mantine/core";
import { IconFolderOpen } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { graphql } from "@/gql";
import { bytes, count, plural } from "@/lib/format";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { type Picked, pickedFiles, pickProblem } from "./pickedFiles.ts";
import { type UploadProgress, uploadFiles } from "./uploadFiles.ts";

const StartImport = graphql(`
  mutation StartImport($input: StartImportInput!) { startImport(input: $input) { ...ImportFields } }
`);

interface Props {
  readonly datasetId: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onStarted: () => void;
}

/** Folder → hashes → files the server does not have yet → the import itself. */
export function ImportDialog({ datasetId, opened, onClose, onStarted }: Props) {
  const [picked, setPicked] = useState<Picked | null>(null);
  const [reader, setReader] = useState("published");
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const abort = useRef<AbortController | null>(null);
  const [start] = useMutation(StartImport);
  const problem = picked && pickProblem(picked);
  const busy = progress !== null;

  async function run() {
    if (!picked) return;
    abort.current = new AbortController();
    setError(null);
    setProgress({ done: 0, known: 0, sent: 0, bytesDone: 0 });
    try {
      const files = await uploadFiles(picked.files, setProgress, abort.current.signal);
      await start({ variables: { input: { datasetId, layout: "KVASIR_SEG", reader: reader.trim(), files } } });
      setPicked(null);
      onStarted();
    } catch (failure) {
      if (!abort.current.signal.aborted) setError(failure);
    } finally {
      setProgress(null);
    }
  }

  function close() {
    abort.current?.abort();
    setError(null);
    onClose();
  }

  return (
    <Modal opened={opened} onClose={close} title="Import a folder" size="lg" closeOnClickOutside={!busy}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          The Kvasir-SEG layout: <code>images/</code> and <code>masks/</code> with the same names; boxes and published
          split files beside them are used where present. Files that the team has already are not sent again.
        </Text>
        {error !== null && <ErrorPanel error={error} retry={run} />}
        <Group gap="sm">
          <FileButton
            onChange={(files) => setPicked(files.length > 0 ? pickedFiles(files) : null)}
            multiple
            inputProps={{ webkitdirectory: "" } as object}
          >
            {(props) => (
              <Button
                {...props}
                variant="default"
                leftSection={<IconFolderOpen size={16} aria-hidden />}
                disabled={busy}
              >
                {picked ? "Pick another folder" : "Pick a folder"}
              </Button>
            )}
          </FileButton>
          {picked && (
            <Text size="sm">
              <b>{picked.folder}</b>: {plural(picked.images, "image")}, {plural(picked.masks, "mask")}
              {picked.others > 0 ? `, ${plural(picked.others, "other file")}` : ""} · {bytes(picked.bytes)}
            </Text>
          )}
        </Group>
        {problem && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {problem}
          </Text>
        )}
        <TextInput
          label="Reader"
          description="Whose opinion the masks are: a person, a group or a program. It stays with every annotation."
          required
          value={reader}
          onChange={(event) => setReader(event.currentTarget.value)}
          disabled={busy}
        />
        {picked && progress && (
          <div role="status">
            <Progress
              value={(progress.bytesDone / Math.max(1, picked.bytes)) * 100}
              aria-label={`Sending: ${progress.done} of ${picked.files.length} files`}
            />
            <Text size="xs" c="dimmed" mt={4}>
              {count(progress.done)} of {count(picked.files.length)} files hashed · {count(progress.known)} known
              already · {count(progress.sent)} sent · {bytes(progress.bytesDone)} of {bytes(picked.bytes)}
            </Text>
          </div>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button onClick={run} loading={busy} disabled={!picked || problem !== null || reader.trim() === ""}>
            Import
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
