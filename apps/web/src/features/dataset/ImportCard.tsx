"use client";
import { useMutation, useQuery } from "@apollo/client/react";
import { Anchor, Button, Group, Progress, SimpleGrid, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { layoutTexts } from "@/features/import/layouts";
import { useViewer } from "@/features/shell/viewer";
import { graphql } from "@/gql";
import type { ImportFieldsFragment } from "@/gql/graphql";
import { count, plural } from "@/lib/format";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Panel } from "@/ui/Panel";
import { Stat } from "@/ui/Stat";
import { StateBadge } from "@/ui/StateBadge";
import { When } from "@/ui/When";
import { ImportProblems } from "./ImportProblems.tsx";

const ImportProgress = graphql(`
  query ImportProgress($id: UUID!) { import(id: $id) { ...ImportFields } }
`);

const CancelImport = graphql(`
  mutation CancelImport($id: UUID!) { cancelImport(id: $id) { ...ImportFields } }
`);

const isActive = (state: ImportFieldsFragment["state"]) => state === "QUEUED" || state === "RUNNING";

interface Props {
  readonly initial: ImportFieldsFragment;
  readonly onFinished: () => void;
}

/** One import: how far it is while it runs, what it did when it is over. */
export function ImportCard({ initial, onFinished }: Props) {
  const { mayResearch } = useViewer();
  const wasActive = useRef(isActive(initial.state));
  const query = useQuery(ImportProgress, {
    variables: { id: initial.id },
    skip: !wasActive.current,
    pollInterval: isActive(initial.state) ? 1_000 : 0,
  });
  const shown = query.data?.import ?? initial;
  const active = isActive(shown.state);
  const [cancel, cancelling] = useMutation(CancelImport, { variables: { id: initial.id } });

  useEffect(() => {
    if (active || !wasActive.current) return;
    wasActive.current = false;
    onFinished();
  }, [active, onFinished]);

  return (
    <Panel
      title={
        <Group gap="xs">
          Import, reader “{shown.reader}” <StateBadge state={shown.state} />
        </Group>
      }
      note={
        <>
          {layoutTexts[shown.layout].label} · started <When iso={shown.createdAt} />
          <span role="status">
            {active ? "" : ` · ${plural(shown.added, "item")} added`}
            {!active && shown.refused > 0 ? `, ${plural(shown.refused, "file")} refused` : ""}
          </span>
        </>
      }
      actions={
        <>
          {active && mayResearch && (
            <Button
              size="compact-sm"
              variant="default"
              loading={cancelling.loading}
              onClick={() => cancel().catch(() => undefined)}
            >
              Cancel
            </Button>
          )}
          {!active && (
            <Anchor href={shown.reportUrl} download size="sm">
              <Group gap={4}>
                <IconDownload size={15} aria-hidden />
                Report (CSV)
              </Group>
            </Anchor>
          )}
        </>
      }
    >
      {active && (
        <Progress
          value={shown.total > 0 ? (shown.done / shown.total) * 100 : 0}
          animated
          size="sm"
          mb="sm"
          aria-label={`Import progress: ${shown.done} of ${shown.total}`}
        />
      )}
      <SimpleGrid cols={{ base: 2, sm: 5 }} spacing="sm">
        <Stat label="Done">
          {count(shown.done)} of {count(shown.total)}
        </Stat>
        <Stat label="Added">{count(shown.added)}</Stat>
        <Stat label="Known already">{count(shown.duplicates)}</Stat>
        <Stat label="Refused">{count(shown.refused)}</Stat>
        <Stat label="Made">
          {shown.labelVersion ? `label version ${shown.labelVersion.number}` : active ? "…" : "no label version"}
          {shown.split ? `, split “${shown.split.name}”` : ""}
        </Stat>
      </SimpleGrid>
      {query.error && <ErrorPanel error={query.error} retry={query.refetch} />}
      {shown.error && (
        <Text size="sm" c="var(--mantine-color-error)" mt="sm" style={{ whiteSpace: "pre-wrap" }}>
          {shown.error}
        </Text>
      )}
      {shown.refused > 0 && !active && <ImportProblems importId={shown.id} refused={shown.refused} />}
    </Panel>
  );
}
