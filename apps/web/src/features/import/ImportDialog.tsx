"use client";
import { useLazyQuery, useMutation } from "@apollo/client/react";
import { Button, FileButton, Group, Modal, Progress, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconFolderOpen } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { graphql } from "@/gql";
import type { ImportLayout } from "@/gql/graphql";
import { bytes, count, plural } from "@/lib/format";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { layoutNames, layoutTexts } from "./layouts.ts";
import { type Picked, pickedFiles } from "./pickedFiles.ts";
import { type UploadProgress, uploadFiles } from "./uploadFiles.ts";
import { type WindowDraft, WindowFields, windowOf } from "./WindowFields.tsx";

const StartImport = graphql(`
  mutation StartImport($input: StartImportInput!) { startImport(input: $input) { ...ImportFields } }
`);

const GuessLayout = graphql(`
  query GuessImportLayout($paths: [String!]!) { guessImportLayout(paths: $paths) }
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
  const [layout, setLayout] = useState<ImportLayout | null>(null);
  /** Of the picked folder: its layout was looked for, and none was found. */
  const [unknown, setUnknown] = useState(false);
  const [window, setWindow] = useState<WindowDraft>({ low: "", high: "" });
  const [reader, setReader] = useState("published");
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const abort = useRef<AbortController | null>(null);
  const [start] = useMutation(StartImport);
  const [guess] = useLazyQuery(GuessLayout);
  const problem = picked && pickProblem(picked, unknown && layout === null);
  const intensityWindow = layout === "NIFTI" ? windowOf(window) : null;
  const busy = progress !== null;

  async function pick(files: readonly File[]) {
    const now = files.length > 0 ? pickedFiles(files) : null;
    setPicked(now);
    setLayout(null);
    setUnknown(false);
    if (!now) return;
    try {
      const { data } = await guess({ variables: { paths: now.files.map(({ path }) => path) } });
      setLayout(data?.guessImportLayout ?? null);
      setUnknown(data?.guessImportLayout === null);
    } catch (failure) {
      setError(failure);
    }
  }

  async function run() {
    if (!picked || layout === null || intensityWindow === "wrong") return;
    abort.current = new AbortController();
    setError(null);
    setProgress({ done: 0, known: 0, sent: 0, bytesDone: 0 });
    try {
      const files = await uploadFiles(picked.files, setProgress, abort.current.signal);
      await start({ variables: { input: { datasetId, layout, intensityWindow, reader: reader.trim(), files } } });
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
          Images with their masks or classes (a folder per class, or a table), COCO sets, arrays (.npz), DICOM films, or
          NIfTI volumes with their labels. Files that the team has already are not sent again.
        </Text>
        {error !== null && <ErrorPanel error={error} retry={run} />}
        <Group gap="sm">
          <FileButton onChange={(files) => void pick(files)} multiple inputProps={{ webkitdirectory: "" } as object}>
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
              <b>{picked.folder}</b>: {foldersText(picked)} · {bytes(picked.bytes)}
            </Text>
          )}
        </Group>
        {problem && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {problem}
          </Text>
        )}
        {picked && (
          <Select
            label="Layout"
            description={layout ? layoutTexts[layout].text : "What the folder holds, and what its labels mean"}
            data={layoutNames.map((value) => ({ value, label: layoutTexts[value].label }))}
            value={layout}
            onChange={(value) => setLayout(value as ImportLayout | null)}
            allowDeselect={false}
            disabled={busy}
          />
        )}
        {layout === "NIFTI" && <WindowFields value={window} onChange={setWindow} disabled={busy} />}
        <TextInput
          label="Reader"
          description="Whose opinion the labels are: a person, a group or a program. It stays with every annotation."
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
          <Button
            onClick={run}
            loading={busy}
            disabled={
              !picked || layout === null || problem !== null || intensityWindow === "wrong" || reader.trim() === ""
            }
          >
            Import
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function foldersText({ folders }: Picked): string {
  const named = folders
    .slice(0, 3)
    .map(({ name, files }) => `${plural(files, "file")}${name === "" ? "" : ` in ${name}/`}`);
  return folders.length > 3 ? `${named.join(", ")}, …` : named.join(", ");
}

/** What is wrong with the choice, or null. */
function pickProblem({ files }: Picked, unknown: boolean): string | null {
  if (files.length === 0) return "The folder is empty.";
  if (!unknown) return null;
  return "Expected images/ and masks/; a folder of images per class; images and a table (CSV) or a COCO JSON file; one .npz file; .dcm films; or imagesTr/ and labelsTr/ of NIfTI volumes. Pick the folder that holds them, or say which layout it has.";
}
