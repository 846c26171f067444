"use client";
import { useMutation } from "@apollo/client/react";
import { Button, Group, Modal, NumberInput, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { CutTiles } from "./queries.ts";

interface Props {
  readonly datasetId: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onQueued: () => void;
}

export function NewTiles({ datasetId, opened, onClose, onQueued }: Props) {
  const [size, setSize] = useState(224);
  const [micronsPerPixel, setMicrons] = useState(0.5);
  const [overlap, setOverlap] = useState(0);
  const [leastTissue, setTissue] = useState(50);
  const [leastSharpness, setSharpness] = useState(20);
  const [assumed, setAssumed] = useState<string | number>("");
  const [cut, { error, loading, reset }] = useMutation(CutTiles);

  function close() {
    reset();
    onClose();
  }
  async function submit(event: FormEvent) {
    event.preventDefault();
    const assumedMicronsPerPixel = assumed === "" ? null : Number(assumed);
    const input = {
      datasetId,
      size,
      micronsPerPixel,
      overlap,
      leastTissue: leastTissue / 100,
      leastSharpness,
      assumedMicronsPerPixel,
    };
    const done = await cut({ variables: { input } }).catch(() => null);
    if (!done?.data) return;
    onQueued();
    close();
  }

  return (
    <Modal opened={opened} onClose={close} title="Cut the slides into tiles">
      <form onSubmit={submit}>
        <Stack gap="sm">
          {error && <ErrorPanel error={error} />}
          <Group grow align="flex-start">
            <NumberInput
              label="Tile, pixels"
              min={32}
              max={1024}
              value={size}
              onChange={(value) => setSize(Number(value))}
              data-autofocus
            />
            <NumberInput
              label="Microns per pixel"
              min={0.05}
              max={20}
              step={0.25}
              value={micronsPerPixel}
              onChange={(value) => setMicrons(Number(value))}
            />
            <NumberInput
              label="Overlap, pixels"
              min={0}
              max={size - 1}
              value={overlap}
              onChange={(value) => setOverlap(Number(value))}
            />
          </Group>
          <Group grow align="flex-start">
            <NumberInput
              label="Least tissue, %"
              min={0}
              max={100}
              value={leastTissue}
              onChange={(value) => setTissue(Number(value))}
            />
            <NumberInput
              label="Least sharpness"
              description="0 keeps blurred tiles"
              min={0}
              max={10_000}
              value={leastSharpness}
              onChange={(value) => setSharpness(Number(value))}
            />
          </Group>
          <NumberInput
            label="Microns per pixel of slides that do not say"
            description="Empty: such a slide gets no tiles, and says so"
            min={0.05}
            max={20}
            step={0.05}
            value={assumed}
            onChange={setAssumed}
          />
          <Text size="sm" c="dimmed">
            A tile covers {Number((size * micronsPerPixel).toPrecision(4))} µm. A worker reads every tile of tissue
            once, to measure its sharpness, and stores none.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={loading}>
              Cut tiles
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
