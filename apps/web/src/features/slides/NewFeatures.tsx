"use client";
import { useMutation } from "@apollo/client/react";
import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { ruleText, type SlideDataset, type SlideJob } from "./model.ts";
import { firstNet, type Net, NetSelect, type Nets } from "./NetSelect.tsx";
import { MakeFeatures } from "./queries.ts";

interface Props {
  readonly dataset: SlideDataset;
  /** That have succeeded, newest first. */
  readonly cuts: readonly SlideJob[];
  readonly nets: Nets;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onQueued: () => void;
}

export function NewFeatures({ dataset, cuts, nets, opened, onClose, onQueued }: Props) {
  const versions = [...dataset.labelVersions]
    .filter(({ schema }) => schema.task === "CLASSIFICATION")
    .sort((a, b) => b.number - a.number);
  const [tilesJob, setTilesJob] = useState("");
  const [chosen, setNet] = useState<Net | null>(null);
  const [version, setVersion] = useState<string | null>(null);
  const [name, setName] = useState(`${dataset.name}, bags`);
  const [make, { error, loading, reset }] = useMutation(MakeFeatures);
  const tilesJobId = tilesJob || cuts[0]?.id;
  const net = chosen ?? firstNet(nets);

  function close() {
    reset();
    onClose();
  }
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!tilesJobId || !net) return;
    const labelVersionId = (version ?? versions[0]?.id) || null;
    const done = await make({ variables: { input: { tilesJobId, ...net, labelVersionId, name } } }).catch(() => null);
    if (!done?.data) return;
    onQueued();
    close();
  }

  return (
    <Modal opened={opened} onClose={close} title="Make features of the tiles">
      <form onSubmit={submit}>
        <Stack gap="sm">
          {error && <ErrorPanel error={error} />}
          <NativeSelect
            label="Tiles"
            value={tilesJobId}
            onChange={(event) => setTilesJob(event.currentTarget.value)}
            data={cuts.map(({ id, rule }) => ({ value: id, label: ruleText(rule) }))}
          />
          <NetSelect datasetId={dataset.id} nets={nets} value={net} onChange={setNet} />
          <NativeSelect
            label="Labels of the bags"
            value={version ?? versions[0]?.id ?? ""}
            onChange={(event) => setVersion(event.currentTarget.value)}
            data={[
              ...versions.map(({ id, number }) => ({ value: id, label: `label version ${number}` })),
              { value: "", label: "none" },
            ]}
          />
          <TextInput
            label="Name of the dataset of bags"
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Text size="sm" c="dimmed">
            Each slide becomes a bag with its subject, label and fold.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={loading} disabled={!net || !tilesJobId}>
              Make features
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
