"use client";
import { useQuery } from "@apollo/client/react";
import { Button, Group, Tabs } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFolderUp } from "@tabler/icons-react";
import { DuplicatesTab } from "@/features/duplicates/DuplicatesTab";
import { ImportDialog } from "@/features/import/ImportDialog";
import { LabelsTab } from "@/features/labels/LabelsTab";
import { ReportsTab } from "@/features/reports/ReportsTab";
import { ReviewTab } from "@/features/review/ReviewTab";
import { useViewer } from "@/features/shell/viewer";
import { MadeBy } from "@/features/slides/MadeBy";
import { SlidesTab } from "@/features/slides/SlidesTab";
import { count, plural } from "@/lib/format";
import { useQueryParam } from "@/lib/useQueryParam";
import { modalityName } from "@/lib/words";
import { Empty } from "@/ui/Empty";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Loaded, SkeletonRows } from "@/ui/Loaded";
import { Page } from "@/ui/Page";
import { SubjectsUnknown } from "@/ui/Stamp";
import { ImportsTab } from "./ImportsTab.tsx";
import { ItemsTab } from "./ItemsTab.tsx";
import { DatasetQuery } from "./queries.ts";
import { SplitsTab } from "./SplitsTab.tsx";

const list = { href: "/datasets", label: "Datasets" };

export function DatasetPage({ id }: { readonly id: string }) {
  const query = useQuery(DatasetQuery, { variables: { id } });
  const [tab, setTab] = useQueryParam("tab", "items");
  const [importing, dialog] = useDisclosure(false);
  const { mayResearch } = useViewer();
  const dataset = query.data?.dataset;

  const importButton = mayResearch && (
    <Button leftSection={<IconFolderUp size={16} aria-hidden />} onClick={dialog.open}>
      Import a folder
    </Button>
  );

  return (
    <Page
      title={dataset?.name ?? "Dataset"}
      tabTitle={dataset?.name ?? "Dataset"}
      crumbs={[list]}
      actions={dataset && importButton}
      lead={
        dataset && (
          <Group gap={8} component="span">
            <span>
              {dataset.project.name} · {modalityName[dataset.modality]} ·{" "}
              {dataset.itemCount === 0 ? "no items yet" : plural(dataset.itemCount, "item")}
              {dataset.itemCount > 0 && dataset.subjectsKnown ? ` of ${plural(dataset.subjectCount, "subject")}` : ""}
            </span>
            {dataset.itemCount > 0 && !dataset.subjectsKnown && <SubjectsUnknown />}
            {dataset.itemKind === "BAG" && <MadeBy datasetId={dataset.id} />}
          </Group>
        )
      }
    >
      <Loaded query={query} back={list} skeleton={<SkeletonRows rows={8} height={60} />}>
        {({ dataset: found }) =>
          !found ? (
            <ErrorPanel error={missing} back={list} />
          ) : (
            <>
              <Tabs value={tab} onChange={(value) => setTab(value ?? "items")} keepMounted={false}>
                <Tabs.List mb="md">
                  <Tabs.Tab value="items">Items {count(found.itemCount)}</Tabs.Tab>
                  {found.itemKind === "SLIDE" && <Tabs.Tab value="tiles">Tiles</Tabs.Tab>}
                  <Tabs.Tab value="labels">Label versions {found.labelVersions.length}</Tabs.Tab>
                  <Tabs.Tab value="review">Review</Tabs.Tab>
                  <Tabs.Tab value="splits">Splits {found.splits.length}</Tabs.Tab>
                  <Tabs.Tab value="duplicates">Duplicates</Tabs.Tab>
                  <Tabs.Tab value="reports">Reports</Tabs.Tab>
                  <Tabs.Tab value="imports">Imports {found.imports.length}</Tabs.Tab>
                </Tabs.List>
                <Tabs.Panel value="items">
                  {found.itemCount === 0 ? (
                    <section className="panel">
                      <Empty title="No items yet" action={importButton}>
                        Import a folder: images with masks, a folder per class, a table of classes, arrays (.npz), DICOM
                        films, NIfTI volumes, whole slides or features of them. Every file is named by its hash, so a
                        second import adds nothing.
                      </Empty>
                    </section>
                  ) : (
                    <ItemsTab dataset={found} />
                  )}
                </Tabs.Panel>
                <Tabs.Panel value="tiles">
                  <SlidesTab datasetId={found.id} />
                </Tabs.Panel>
                <Tabs.Panel value="labels">
                  <LabelsTab datasetId={found.id} onMade={() => void query.refetch()} />
                </Tabs.Panel>
                <Tabs.Panel value="review">
                  <ReviewTab datasetId={found.id} />
                </Tabs.Panel>
                <Tabs.Panel value="splits">
                  <SplitsTab datasetId={found.id} splits={found.splits} itemCount={found.itemCount} />
                </Tabs.Panel>
                <Tabs.Panel value="duplicates">
                  <DuplicatesTab dataset={found} />
                </Tabs.Panel>
                <Tabs.Panel value="reports">
                  <ReportsTab datasetId={found.id} />
                </Tabs.Panel>
                <Tabs.Panel value="imports">
                  <ImportsTab imports={found.imports} action={importButton} onFinished={() => query.refetch()} />
                </Tabs.Panel>
              </Tabs>
              <ImportDialog
                datasetId={found.id}
                opened={importing}
                onClose={dialog.close}
                onStarted={() => {
                  dialog.close();
                  setTab("imports");
                  void query.refetch();
                }}
              />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

const missing = {
  code: "NOT_FOUND",
  title: "There is no such dataset in this team",
  message: "It may belong to another team, or the address is mistyped.",
  fix: "Go back to the list of datasets.",
};
