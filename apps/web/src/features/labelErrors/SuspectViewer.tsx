"use client";
import { Anchor, Button, Group, Modal, Stack } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import Link from "next/link";
import { outlined } from "@/features/labels/readerLayers";
import { MaskedImage } from "@/features/masks/MaskedImage";
import type { Errors } from "./model.ts";
import { Said } from "./Said.tsx";
import { suspectLayers } from "./suspectLayers.ts";

interface Props {
  readonly errors: Errors;
  /** In the list that is shown; null: closed. */
  readonly place: number | null;
  readonly onMove: (place: number | null) => void;
  readonly datasetId: string;
}

/** One suspect label large; arrows go to its neighbours. Masks of several classes stand beside their prediction. */
export function SuspectViewer({ errors, place, onMove, datasetId }: Props) {
  const { suspects, labelVersion } = errors;
  const { schema } = labelVersion;
  const go = (step: number) => {
    if (place !== null && suspects.edges[place + step]) onMove(place + step);
  };
  useHotkeys([
    ["ArrowLeft", () => go(-1)],
    ["ArrowRight", () => go(1)],
  ]);
  const node = place === null ? undefined : suspects.edges[place]?.node;
  if (!node) return null;
  const { item, predictionUrl } = node;
  const beside = schema.classes.length > 1 && predictionUrl;
  const picture = (layers: ReturnType<typeof suspectLayers>, alt: string) => (
    <div style={{ flex: 1, minWidth: 0 }}>
      <MaskedImage
        src={item.imageUrl}
        alt={alt}
        aspect={item.width / item.height}
        classes={schema.classes.length}
        layers={layers}
      />
    </div>
  );
  return (
    <Modal opened onClose={() => onMove(null)} title={`${node.place} · ${item.name}`} size="min(920px, 96vw)">
      <Stack gap="sm">
        <Group
          wrap="nowrap"
          gap={4}
          style={{
            width: `min(100%, (100dvh - 300px) * ${(item.width / item.height) * (beside ? 2 : 1)})`,
            marginInline: "auto",
          }}
        >
          {picture(suspectLayers(node, schema), `${item.name}, its label`)}
          {beside && picture([outlined(beside, "#ffffff")], `${item.name}, the prediction`)}
        </Group>
        <Group justify="space-between" align="flex-end">
          <Said node={node} schema={schema} />
          <Group gap="xs">
            <Anchor component={Link} fz="sm" href={`/datasets/${datasetId}?labels=${labelVersion.id}&item=${item.id}`}>
              In the dataset
            </Anchor>
            <Button variant="default" size="xs" disabled={place === 0} onClick={() => go(-1)}>
              Previous
            </Button>
            <Button variant="default" size="xs" disabled={place === suspects.edges.length - 1} onClick={() => go(1)}>
              Next
            </Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}
