"use client";
import { useQuery } from "@apollo/client/react";
import { Alert, Anchor, Button, Group, NativeSelect, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFileText } from "@tabler/icons-react";
import { schemasOf, versionName } from "@/features/labels/model";
import { useViewer } from "@/features/shell/viewer";
import { dateTime, plural } from "@/lib/format";
import { useQueryParam } from "@/lib/useQueryParam";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { AuditTable } from "./AuditTable.tsx";
import type { ReportDataset } from "./model.ts";
import { AuditQuery, ReportSetsQuery } from "./queries.ts";
import { ReadReports } from "./ReadReports.tsx";
import { ReportList } from "./ReportList.tsx";

/** Reports beside the items of a dataset: what rules read in them, against hand labels. */
export function ReportsTab({ datasetId }: { readonly datasetId: string }) {
  const query = useQuery(ReportSetsQuery, { variables: { id: datasetId } });
  return (
    <Loaded query={query}>
      {({ dataset }) => dataset && <Reports dataset={dataset} refresh={() => void query.refetch()} />}
    </Loaded>
  );
}

function Reports({ dataset, refresh }: { readonly dataset: ReportDataset; readonly refresh: () => void }) {
  const { mayResearch } = useViewer();
  const [opened, form] = useDisclosure(false);
  const [setId, setSet] = useQueryParam("reports", dataset.reportSets[0]?.id ?? "");
  const [cell, setCell] = useQueryParam("cell", "");
  const set = dataset.reportSets.find(({ id }) => id === setId) ?? dataset.reportSets[0];
  const versions = [...dataset.labelVersions].sort((a, b) => b.number - a.number);
  const comparable = versions.filter(({ schema }) => schema.id === set?.schema.id);
  const [versionId, setVersion] = useQueryParam("hand", comparable.at(-1)?.id ?? "");
  const version = comparable.find(({ id }) => id === versionId) ?? comparable.at(-1);
  const schemas = schemasOf(versions).filter(({ task, exclusive }) => task === "CLASSIFICATION" && exclusive === false); // biome-ignore format: one line
  const button = mayResearch && (
    <Button leftSection={<IconFileText size={16} aria-hidden />} onClick={form.open}>
      Read reports
    </Button>
  );
  return (
    <Stack gap="md">
      <Alert variant="outline" color="gray" title="No claim on real reports">
        The rules were tried on synthetic reports with planted truth alone. How well they read your reports is what the
        audit below says, where there are hand labels.
      </Alert>
      {!set ? (
        <section className="panel">
          <Empty title="No reports yet" action={button}>
            Give a table of items and reports: what each says of fourteen chest findings becomes an opinion of a
            program, and the texts are kept beside the items.
          </Empty>
        </section>
      ) : (
        <>
          <Group align="end">
            <NativeSelect
              label="Reports"
              value={set.id}
              data={dataset.reportSets.map((each) => ({
                value: each.id,
                label: `${each.reader} · ${plural(each.reports, "report")} · ${dateTime(each.createdAt)}`,
              }))}
              onChange={(event) => setSet(event.currentTarget.value)}
            />
            {version && (
              <NativeSelect
                label="Hand labels"
                value={version.id}
                data={comparable.map((each) => ({
                  value: each.id,
                  label: versionName(each),
                }))}
                onChange={(event) => setVersion(event.currentTarget.value)}
              />
            )}
            <Anchor href={set.tableUrl} fz="sm" pb={6}>
              The table as it came
            </Anchor>
            {button}
          </Group>
          {version ? (
            <AuditPanel setId={set.id} versionId={version.id} cell={cell} onCell={setCell} />
          ) : (
            <Panel title="Against hand labels">
              <Empty title="No label version of these classes">
                Import hand labels of the same classes, or make a version from readers: then every reading is held
                against it.
              </Empty>
            </Panel>
          )}
          <ReportList set={set} versionId={version?.id ?? null} cell={cell} onCell={setCell} />
        </>
      )}
      <ReadReports
        datasetId={dataset.id}
        schemas={schemas}
        opened={opened}
        onClose={form.close}
        onRead={(id) => {
          form.close();
          setSet(id);
          refresh();
        }}
      />
    </Stack>
  );
}

interface AuditPanelProps {
  readonly setId: string;
  readonly versionId: string;
  readonly cell: string;
  readonly onCell: (cell: string) => void;
}

function AuditPanel({ setId, versionId, cell, onCell }: AuditPanelProps) {
  const query = useQuery(AuditQuery, { variables: { id: setId, labelVersionId: versionId } });
  return (
    <Panel
      title="Against hand labels"
      note="Reports counted by how they are read and how the item is labelled; items whose label does not say are left out. Shares with 95 % intervals (Wilson). Choose a number to see its reports."
    >
      <Loaded query={query}>
        {({ reportSet }) => <AuditTable audit={reportSet?.audit ?? []} cell={cell} onCell={onCell} />}
      </Loaded>
    </Panel>
  );
}
