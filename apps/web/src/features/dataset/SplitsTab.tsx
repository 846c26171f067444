"use client";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useViewer } from "@/features/shell/viewer";
import type { DatasetQuery } from "@/gql/graphql";
import { count } from "@/lib/format";
import { Empty } from "@/ui/Empty";
import { Hash } from "@/ui/Hash";
import { Panel } from "@/ui/Panel";
import { SubjectsUnknown } from "@/ui/Stamp";
import { When } from "@/ui/When";
import { NewSplit } from "./NewSplit.tsx";

type Split = NonNullable<DatasetQuery["dataset"]>["splits"][number];

interface Props {
  readonly datasetId: string;
  readonly splits: readonly Split[];
  readonly itemCount: number;
}

export function SplitsTab({ datasetId, splits, itemCount }: Props) {
  const { mayResearch } = useViewer();
  const [opened, { open, close }] = useDisclosure(false);
  const create = mayResearch && itemCount > 0 && (
    <Button size="compact-md" variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={open}>
      New split
    </Button>
  );
  return (
    <>
      <Panel
        flush
        title="Splits"
        note="Train, validation and test by subject; frozen and hashed. Test is scored once; selection sees validation only."
        actions={create}
      >
        {splits.length === 0 ? (
          <Empty title="No splits yet">
            An import makes one where the source publishes it; or make one by subject.
          </Empty>
        ) : (
          <Stack gap={0}>
            {splits.map((split) => (
              <SplitRow key={split.id} split={split} />
            ))}
          </Stack>
        )}
      </Panel>
      <NewSplit datasetId={datasetId} opened={opened} onClose={close} />
    </>
  );
}

const parts = [
  { key: "trainItems", name: "train", color: "var(--mantine-color-petrol-7)", ink: "#fff" },
  { key: "validationItems", name: "validation", color: "var(--mantine-color-petrol-3)", ink: "#07333a" },
  { key: "testItems", name: "test", color: "var(--mantine-color-gray-4)", ink: "#1d201f" },
] as const;

function SplitRow({ split }: { readonly split: Split }) {
  return (
    <div style={{ padding: "12px 16px", borderTop: "1px solid var(--hairline)" }}>
      <Group justify="space-between" gap="xs" mb={8}>
        <Group gap="xs">
          <Text fw={600}>{split.name}</Text>
          {!split.subjectsKnown && <SubjectsUnknown />}
        </Group>
        <Group gap="sm">
          <Hash value={split.contentHash} label="content hash" />
          <Text size="xs" c="dimmed">
            <When iso={split.createdAt} />
          </Text>
        </Group>
      </Group>
      <div style={{ display: "flex", gap: 2 }}>
        {parts.map(({ key, name, color, ink }) =>
          split[key] > 0 ? (
            <div
              key={key}
              style={{
                flex: `${split[key]} 1 86px`,
                background: color,
                color: ink,
                padding: "3px 8px",
                fontSize: 12,
                borderRadius: 2,
                whiteSpace: "nowrap",
                overflow: "hidden",
              }}
            >
              {name} {count(split[key])}
            </div>
          ) : (
            <div key={key} style={{ padding: "3px 8px", fontSize: 12, border: "1px dashed var(--hairline)" }}>
              no {name}
            </div>
          ),
        )}
      </div>
      <Text size="xs" c="dimmed" mt={6}>
        {split.rule}
      </Text>
    </div>
  );
}
