"use client";
import { useQuery } from "@apollo/client/react";
import { Anchor, Group, Stack, Tabs, Text } from "@mantine/core";
import Link from "next/link";
import { BagMemoryTab } from "@/features/bagMemory/BagMemoryTab";
import { RunActions } from "@/features/experiment/RunActions";
import { FeatureReuseTab } from "@/features/featureReuse/FeatureReuseTab";
import { FiltersTab } from "@/features/filters/FiltersTab";
import { HeatmapsTab } from "@/features/heatmaps/HeatmapsTab";
import { RunMemorisationTab } from "@/features/memorisation/MemorisationTab";
import { TileMapsTab } from "@/features/tileMaps/TileMapsTab";
import { scoreName } from "@/lib/scoreName";
import { useQueryParam } from "@/lib/useQueryParam";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Loaded, SkeletonRows } from "@/ui/Loaded";
import { Page } from "@/ui/Page";
import { RunProgress } from "@/ui/RunProgress";
import { SubjectsUnknown } from "@/ui/Stamp";
import { StateBadge } from "@/ui/StateBadge";
import { ClassificationTab } from "./ClassificationTab.tsx";
import { Curves } from "./Curves.tsx";
import { History } from "./History.tsx";
import { Logs } from "./Logs.tsx";
import { RunQuery } from "./queries.ts";
import { Samples } from "./Samples.tsx";
import { Scores } from "./Scores.tsx";
import { Setup } from "./Setup.tsx";
import { SystemUse } from "./SystemUse.tsx";
import { TestScore } from "./TestScore.tsx";
import { useLiveRun } from "./useLiveRun.ts";

const list = { href: "/runs", label: "Runs" };

export function RunPage({ id }: { readonly id: string }) {
  const query = useQuery(RunQuery, { variables: { id } });
  const [tab, setTab] = useQueryParam("tab", "live");
  const run = query.data?.run;
  const live = useLiveRun(id, run);
  const title = run ? `${run.arm || run.name}, seed ${run.seed}` : "Run";

  return (
    <Page
      title={title}
      tabTitle={title}
      crumbs={
        run?.experiment
          ? [
              { href: "/experiments", label: "Experiments" },
              { href: `/experiments/${run.experiment.id}`, label: run.experiment.name },
            ]
          : [list]
      }
      actions={run && <RunActions run={run} size="sm" />}
      lead={
        run && (
          <Group gap={14} mt={6}>
            <StateBadge
              state={run.state}
              detail={run.cancelRequested && run.state === "RUNNING" ? "cancelling" : undefined}
            />
            <RunProgress run={run} />
            {run.state === "SUCCEEDED" && <TestScore runId={run.id} />}
            {run.dataset && (
              <Text span size="xs">
                <Anchor component={Link} href={`/datasets/${run.dataset.id}`} fz="xs" underline="always">
                  {run.dataset.name}
                </Anchor>{" "}
                · label version {run.labelVersion?.number ?? "?"} · split “{run.split?.name ?? "?"}”
              </Text>
            )}
            {run.split && !run.split.subjectsKnown && <SubjectsUnknown />}
            {live.interrupted && (
              <Text span size="xs" c="var(--stamp)" role="status">
                live connection interrupted
              </Text>
            )}
          </Group>
        )
      }
    >
      <Loaded query={query} back={list} skeleton={<SkeletonRows rows={8} height={60} />}>
        {({ run: found }) =>
          !found ? (
            <ErrorPanel error={missing} back={list} />
          ) : (
            <>
              {found.error && (
                <div style={{ marginBottom: 16 }}>
                  <ErrorPanel
                    error={{
                      code: found.state,
                      title: found.state === "FAILED" ? "The run failed" : "The newest attempt met a problem",
                      message: found.error,
                      fix:
                        found.state === "FAILED"
                          ? "The log of the last attempt says more. Correct the cause, then queue it again."
                          : "It goes on from its last checkpoint.",
                    }}
                  />
                </div>
              )}
              <Tabs value={tab} onChange={(value) => setTab(value ?? "live")} keepMounted={false}>
                <Tabs.List mb="md">
                  <Tabs.Tab value="live">{run && isClassification(run) ? "Curves" : "Curves and pictures"}</Tabs.Tab>
                  <Tabs.Tab value="scores">Scores</Tabs.Tab>
                  {hasHeatmaps(found) && <Tabs.Tab value="heatmaps">Heatmaps</Tabs.Tab>}
                  {isOnImages(found) && <Tabs.Tab value="reuse">Feature reuse</Tabs.Tab>}
                  {isOnImages(found) && <Tabs.Tab value="filters">Filters</Tabs.Tab>}
                  {found.source === "TESSERA" && <Tabs.Tab value="memorisation">Memorisation</Tabs.Tab>}
                  {isOnBags(found) && <Tabs.Tab value="tile-maps">Tile maps</Tabs.Tab>}
                  {isOnBags(found) && <Tabs.Tab value="memory">Bag memory</Tabs.Tab>}
                  <Tabs.Tab value="setup">Configuration and lineage</Tabs.Tab>
                  <Tabs.Tab value="history">Attempts and log</Tabs.Tab>
                </Tabs.List>
                <Tabs.Panel value="live">
                  <Stack gap="md">
                    <Curves run={found} points={live.points} />
                    {!isClassification(found) && <Samples run={found} samples={live.samples} />}
                  </Stack>
                </Tabs.Panel>
                <Tabs.Panel value="scores">
                  {isClassification(found) ? <ClassificationTab run={found} /> : <Scores run={found} />}
                </Tabs.Panel>
                <Tabs.Panel value="heatmaps">
                  {hasHeatmaps(found) && <HeatmapsTab runId={found.id} classes={found.labelVersion?.classes ?? []} />}
                </Tabs.Panel>
                <Tabs.Panel value="filters">
                  <FiltersTab runId={found.id} />
                </Tabs.Panel>
                <Tabs.Panel value="tile-maps">
                  {isOnBags(found) && <TileMapsTab runId={found.id} classes={found.labelVersion?.classes ?? []} />}
                </Tabs.Panel>
                <Tabs.Panel value="memory">
                  <BagMemoryTab runId={found.id} />
                </Tabs.Panel>
                <Tabs.Panel value="reuse">
                  <FeatureReuseTab runId={found.id} />
                </Tabs.Panel>
                <Tabs.Panel value="memorisation">
                  <RunMemorisationTab
                    runId={found.id}
                    name={found.name}
                    revision={live.points.get("memorisation/cleanLoss")?.steps.length ?? 0}
                  />
                </Tabs.Panel>
                <Tabs.Panel value="setup">
                  <Setup run={found} />
                </Tabs.Panel>
                <Tabs.Panel value="history">
                  <Stack gap="md">
                    <History run={found} />
                    <SystemUse points={live.points} run={found} />
                    <Logs runId={found.id} open={found.state === "RUNNING"} />
                  </Stack>
                </Tabs.Panel>
              </Tabs>
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

const isClassification = ({ configuration }: { readonly configuration: Record<string, unknown> }) =>
  scoreName(configuration) === "AUC";

/** A script's weights are not here, and a bag is no image. */
const isOnImages = (run: Parameters<typeof isClassification>[0] & { readonly source: string }) =>
  run.source === "TESSERA" && run.configuration.task !== "mil";

const isOnBags = (run: Parameters<typeof isOnImages>[0]) =>
  run.source === "TESSERA" && run.configuration.task === "mil";

/** A segmentation needs none: its own output says where. A script's weights are not here. */
const hasHeatmaps = (run: Parameters<typeof isClassification>[0] & { readonly source: string }) =>
  run.source === "TESSERA" && run.configuration.task === "classification";

const missing = {
  code: "NOT_FOUND",
  title: "There is no such run in this team",
  message: "It may belong to another team, or the address is mistyped.",
  fix: "Go back to the list of runs.",
};
