"use client";
import { useQuery } from "@apollo/client/react";
import { Button, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useViewer } from "@/features/shell/viewer";
import { usePollWhile } from "@/lib/usePollWhile";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { AgreementPanel } from "./AgreementPanel.tsx";
import { DiffPanel } from "./DiffPanel.tsx";
import { Disagreements } from "./Disagreements.tsx";
import { LabelJobs } from "./LabelJobs.tsx";
import { isActive, type Labels, schemasOf } from "./model.ts";
import { NewLabelVersion } from "./NewLabelVersion.tsx";
import { LabelsQuery } from "./queries.ts";
import { VersionTable } from "./VersionTable.tsx";

interface Props {
  readonly datasetId: string;
  /** A version was made: what the page counts has changed. */
  readonly onMade: () => void;
}

/** The versions of a dataset's labels: how they were made, what changed between two, and how far the readers agree. */
export function LabelsTab({ datasetId, onMade }: Props) {
  const query = useQuery(LabelsQuery, { variables: { id: datasetId } });
  const busy = query.data?.dataset?.labelJobs.some(isActive) ?? false;
  const wasBusy = useRef(false);
  const made = useRef(onMade);
  made.current = onMade;
  usePollWhile(query, busy, 1_000);
  useEffect(() => {
    if (!busy && wasBusy.current) made.current();
    wasBusy.current = busy;
  }, [busy]);
  return (
    <Loaded query={query}>
      {({ dataset }) => dataset && <LabelPanels dataset={dataset} busy={busy} refresh={() => void query.refetch()} />}
    </Loaded>
  );
}

function LabelPanels({
  dataset,
  busy,
  refresh,
}: {
  readonly dataset: Labels;
  readonly busy: boolean;
  readonly refresh: () => void;
}) {
  const { mayResearch } = useViewer();
  const [opened, form] = useDisclosure(false);
  const versions = [...dataset.labelVersions].sort((a, b) => b.number - a.number);
  const schemas = schemasOf(versions);
  return (
    <Stack gap="md">
      <Panel
        flush
        title="Label versions"
        note="Numbered and immutable: one label per item, made from annotations by a stated rule. The chain hash covers this version and every one before it."
        actions={
          mayResearch &&
          dataset.readers.length > 0 && (
            <Button size="xs" leftSection={<IconPlus size={15} aria-hidden />} onClick={form.open}>
              New label version
            </Button>
          )
        }
      >
        {versions.length === 0 ? (
          <Empty title="No label versions yet">An import with masks or classes makes the first one.</Empty>
        ) : (
          <VersionTable versions={versions} />
        )}
      </Panel>
      <LabelJobs jobs={dataset.labelJobs} onChanged={refresh} />
      {versions.length > 1 && <DiffPanel versions={versions} busy={busy} onQueued={refresh} />}
      {schemas.map((schema) => {
        const readers = dataset.readers.filter((reader) => reader.schemaId === schema.id);
        if (readers.length < 2) return null;
        return (
          <Stack key={schema.id} gap="md">
            <AgreementPanel datasetId={dataset.id} schema={schema} busy={busy} onQueued={refresh} />
            <Disagreements datasetId={dataset.id} schema={schema} busy={busy} />
          </Stack>
        );
      })}
      <NewLabelVersion
        datasetId={dataset.id}
        versions={versions}
        schemas={schemas}
        readers={dataset.readers}
        opened={opened}
        onClose={form.close}
        onQueued={refresh}
      />
    </Stack>
  );
}
