"use client";
import { useQuery } from "@apollo/client/react";
import { Anchor, Group, Stack, Tabs } from "@mantine/core";
import Link from "next/link";
import { ClassificationComparisonTab } from "@/features/classificationComparison/ClassificationComparisonTab";
import { ComparisonTab } from "@/features/comparison/ComparisonTab";
import { CrossValidationTab } from "@/features/crossValidation/CrossValidationTab";
import { LabelErrorsTab } from "@/features/labelErrors/LabelErrorsTab";
import { FactorialTab } from "@/features/labelsVersusArchitecture/FactorialTab";
import { LayerCutTab } from "@/features/layerCut/LayerCutTab";
import { TestOverlapStamp } from "@/features/lineage/TestOverlapStamp";
import { ExperimentMemorisationTab } from "@/features/memorisation/MemorisationTab";
import { NoiseTab } from "@/features/noiseStudy/NoiseTab";
import { boards } from "@/features/scoredSet/boards";
import { TransferTab } from "@/features/transferStudy/TransferTab";
import { StudyTab } from "@/features/unetStudy/StudyTab";
import { WitnessTab } from "@/features/witnessStudy/WitnessTab";
import { armLooks } from "@/lib/arms";
import { plural } from "@/lib/format";
import { scoreName } from "@/lib/scoreName";
import { useQueryParam } from "@/lib/useQueryParam";
import { useScheme } from "@/lib/useScheme";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Loaded, SkeletonRows } from "@/ui/Loaded";
import { Page } from "@/ui/Page";
import { SubjectsUnknown } from "@/ui/Stamp";
import { AnswerPanel } from "./AnswerPanel.tsx";
import { DesignTab } from "./DesignTab.tsx";
import { OverlayChart } from "./OverlayChart.tsx";
import { ExperimentQuery } from "./queries.ts";
import { RunTable } from "./RunTable.tsx";
import { type Experiment, endedRuns } from "./types.ts";
import { useLiveExperiment } from "./useLiveExperiment.ts";

const list = { href: "/experiments", label: "Experiments" };

export function ExperimentPage({ id }: { readonly id: string }) {
  const query = useQuery(ExperimentQuery, { variables: { id } });
  const [tab, setTab] = useQueryParam("tab", "runs");
  const scheme = useScheme();
  const experiment = query.data?.experiment;
  const open = experiment?.runs.some((run) => run.state === "QUEUED" || run.state === "RUNNING") ?? false;
  const live = useLiveExperiment(id, open);

  return (
    <Page
      title={experiment?.name ?? "Experiment"}
      tabTitle={experiment?.name ?? "Experiment"}
      crumbs={[list]}
      lead={
        experiment && (
          <>
            {experiment.question}
            <Group gap={6} fz="xs" mt={4}>
              <Anchor component={Link} href={`/datasets/${experiment.dataset.id}`} fz="xs">
                {experiment.dataset.name}
              </Anchor>
              <span>
                · label version {experiment.labelVersion.number} · {runsOn(experiment)} ·{" "}
                {plural(experiment.arms.length, "arm")}
                {experiment.crossValidation ? "" : ` × ${plural(experiment.seeds.length, "seed")}`}
              </span>
              {!experiment.split.subjectsKnown && <SubjectsUnknown />}
              <TestOverlapStamp experimentId={id} />
            </Group>
          </>
        )
      }
    >
      <Loaded query={query} back={list} skeleton={<SkeletonRows rows={8} height={48} />}>
        {({ experiment: found }) => {
          if (!found) return <ErrorPanel error={missing} back={list} />;
          const look = armLooks(found.arms, scheme);
          const classifies = scoreName(found.base) === "AUC";
          const maskBoards = classifies || found.crossValidation ? [] : boards;
          return (
            <Tabs value={tab} onChange={(value) => setTab(value ?? "runs")} keepMounted={false}>
              <Tabs.List mb="md">
                <Tabs.Tab value="runs">Runs and curves</Tabs.Tab>
                <Tabs.Tab value="comparison">Comparison</Tabs.Tab>
                {found.crossValidation && <Tabs.Tab value="folds">Cross-validation</Tabs.Tab>}
                {found.crossValidation && <Tabs.Tab value="errors">Label errors</Tabs.Tab>}
                {found.isUNetStudy && <Tabs.Tab value="unet">What the U-Net buys</Tabs.Tab>}
                {found.isLabelsVersusArchitecture && <Tabs.Tab value="factorial">Labels or architecture</Tabs.Tab>}
                {found.isTransferStudy && <Tabs.Tab value="transfer">Transfer</Tabs.Tab>}
                {found.isNoiseStudy && <Tabs.Tab value="noise">Label noise</Tabs.Tab>}
                {found.isWitnessStudy && <Tabs.Tab value="witness">Witness rate</Tabs.Tab>}
                {found.isLayerCut && <Tabs.Tab value="cut">Layer cut</Tabs.Tab>}
                {maskBoards.map((board) => (
                  <Tabs.Tab key={board.tab} value={board.tab}>
                    {board.title}
                  </Tabs.Tab>
                ))}
                <Tabs.Tab value="memorisation">Memorisation</Tabs.Tab>
                <Tabs.Tab value="design">Design</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="runs">
                <Stack gap="md">
                  <AnswerPanel experiment={found} />
                  <OverlayChart
                    experiment={found}
                    look={look}
                    live={live.points}
                    open={open}
                    interrupted={live.interrupted}
                  />
                  <RunTable experiment={found} look={look} />
                </Stack>
              </Tabs.Panel>
              <Tabs.Panel value="comparison">
                {classifies ? (
                  <ClassificationComparisonTab experiment={found} look={look} />
                ) : (
                  <ComparisonTab experiment={found} look={look} />
                )}
              </Tabs.Panel>
              <Tabs.Panel value="folds">
                <CrossValidationTab experiment={found} look={look} classifies={classifies} />
              </Tabs.Panel>
              <Tabs.Panel value="errors">
                <LabelErrorsTab experiment={found} classifies={classifies} />
              </Tabs.Panel>
              <Tabs.Panel value="unet">
                <StudyTab experimentId={found.id} revision={endedRuns(found)} />
              </Tabs.Panel>
              <Tabs.Panel value="factorial">
                <FactorialTab experimentId={found.id} revision={endedRuns(found)} />
              </Tabs.Panel>
              <Tabs.Panel value="transfer">
                <TransferTab experimentId={found.id} classifies={classifies} revision={endedRuns(found)} />
              </Tabs.Panel>
              <Tabs.Panel value="noise">
                <NoiseTab experimentId={found.id} classifies={classifies} />
              </Tabs.Panel>
              <Tabs.Panel value="witness">
                <WitnessTab experimentId={found.id} />
              </Tabs.Panel>
              <Tabs.Panel value="cut">
                <LayerCutTab experimentId={found.id} classifies={classifies} revision={endedRuns(found)} />
              </Tabs.Panel>
              {maskBoards.map(({ tab: name, Board }) => (
                <Tabs.Panel key={name} value={name}>
                  <Board source={{ kind: "experiment", id: found.id }} looks={look} revision={endedRuns(found)} />
                </Tabs.Panel>
              ))}
              <Tabs.Panel value="memorisation">
                <ExperimentMemorisationTab experimentId={found.id} name={found.name} revision={endedRuns(found)} />
              </Tabs.Panel>
              <Tabs.Panel value="design">
                <DesignTab experiment={found} look={look} />
              </Tabs.Panel>
            </Tabs>
          );
        }}
      </Loaded>
    </Page>
  );
}

const runsOn = ({ crossValidation, split }: Experiment): string =>
  crossValidation
    ? `${plural(crossValidation.folds, "fold")} × ${plural(crossValidation.repeats, "repeat")}`
    : `split “${split.name}”`;

const missing = {
  code: "NOT_FOUND",
  title: "There is no such experiment in this team",
  message: "It may belong to another team, or the address is mistyped.",
  fix: "Go back to the list of experiments.",
};
