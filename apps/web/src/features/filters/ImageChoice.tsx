"use client";
import { useQuery } from "@apollo/client/react";
import { Button, FileButton, Group, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { uploadFiles } from "@/features/import/uploadFiles";
import type { ShownImageInput } from "@/gql/graphql";
import { count } from "@/lib/format";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { ItemsToShowQuery } from "./queries.ts";

interface Props {
  readonly title: string;
  readonly datasets: readonly { readonly id: string; readonly name: string; readonly itemCount: number }[];
  /** The dataset to begin with; null: an upload. */
  readonly first: string | null;
  readonly onChange: (image: ShownImageInput | null) => void;
}

/** One image: an item of a dataset, or a file from this computer. */
export function ImageChoice({ title, datasets, first, onChange }: Props) {
  const [from, setFrom] = useState(first === null ? "upload" : "dataset");
  return (
    <Stack gap="xs" component="fieldset" m={0} p={0} style={{ border: 0, minWidth: 0 }}>
      <Text component="legend" size="sm" fw={600} p={0}>
        {title}
      </Text>
      <SegmentedControl
        size="xs"
        aria-label={`${title}: where from`}
        value={from}
        onChange={(value) => {
          setFrom(value);
          onChange(null);
        }}
        data={[
          { value: "dataset", label: "from a dataset" },
          { value: "upload", label: "from this computer" },
        ]}
      />
      {from === "dataset" ? (
        <ItemChoice title={title} datasets={datasets} first={first} onChange={onChange} />
      ) : (
        <FileChoice title={title} onChange={onChange} />
      )}
    </Stack>
  );
}

function ItemChoice({ title, datasets, first, onChange }: Props) {
  const [dataset, setDataset] = useState(first ?? datasets[0]?.id ?? null);
  const [chosen, setChosen] = useState<string | null>(null);
  const query = useQuery(ItemsToShowQuery, { variables: { id: dataset ?? "" }, skip: dataset === null });
  const page = query.data?.dataset?.id === dataset ? query.data?.dataset?.items : undefined;
  const items = page?.edges.map(({ node }) => node) ?? [];
  const item = items.find(({ id }) => id === chosen) ?? items[0];
  const itemId = item?.id ?? null;
  useEffect(() => onChange(itemId === null ? null : { itemId }), [itemId, onChange]);
  if (datasets.length === 0) return <Text size="sm">This team has no dataset with items yet: upload a file.</Text>;
  const more = (page?.totalCount ?? 0) - items.length;
  return (
    <Group gap="sm" align="flex-start" wrap="nowrap">
      <Stack gap={6} style={{ flex: 1, minWidth: 0 }}>
        <Select
          label="Dataset"
          size="xs"
          allowDeselect={false}
          searchable
          value={dataset}
          onChange={setDataset}
          data={datasets.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Select
          label="Item"
          size="xs"
          allowDeselect={false}
          searchable
          value={itemId}
          placeholder={query.loading ? "Loading…" : "No item"}
          onChange={setChosen}
          data={items.map(({ id, name }) => ({ value: id, label: name }))}
        />
        {more > 0 && (
          <Text size="xs" c="dimmed">
            The first {items.length} items; {count(more)} more are not listed.
          </Text>
        )}
        {query.error && <ErrorPanel error={query.error} retry={query.refetch} />}
      </Stack>
      {item && <ChosenImage src={item.thumbnailUrl} text={`${title}: ${item.name}`} />}
    </Group>
  );
}

interface Picked {
  readonly name: string;
  /** Of the browser's own memory; null: of a kind that it cannot show. */
  readonly preview: string | null;
}

function FileChoice({ title, onChange }: Pick<Props, "title" | "onChange">) {
  const [picked, setPicked] = useState<Picked | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const preview = picked?.preview ?? null;
  useEffect(() => () => void (preview && URL.revokeObjectURL(preview)), [preview]);
  const pick = async (file: File | null) => {
    if (!file) return;
    setBusy(true);
    setError(null);
    onChange(null);
    setPicked({ name: file.name, preview: file.type.startsWith("image/") ? URL.createObjectURL(file) : null });
    try {
      const [uploaded] = await uploadFiles([{ path: file.name, file }], () => undefined, new AbortController().signal);
      onChange({ sha256: uploaded!.sha256, name: file.name });
    } catch (problem) {
      setError(problem);
      setPicked(null);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Stack gap={6} align="flex-start">
      <FileButton onChange={pick} accept=".png,.jpg,.jpeg,.bmp,.dcm,application/dicom">
        {(props) => (
          <Button {...props} size="xs" variant="default" loading={busy} aria-label={`${title}: choose a file`}>
            Choose a file
          </Button>
        )}
      </FileButton>
      <Text size="xs" c="dimmed" role="status">
        {picked ? `${picked.name}${busy ? " is being sent" : " is uploaded"}` : "JPEG, PNG, BMP, or a DICOM film"}
      </Text>
      {preview && <ChosenImage src={preview} text={`${title}: ${picked?.name}`} />}
      {error !== null && <ErrorPanel error={error} />}
    </Stack>
  );
}

const ChosenImage = ({ src, text }: { readonly src: string; readonly text: string }) => (
  // biome-ignore lint/performance/noImgElement: the api serves files itself, or the file is the browser's own
  <img src={src} alt={text} className="chosen-image" />
);
