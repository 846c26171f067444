"use client";
import { useQuery } from "@apollo/client/react";
import { Grid, Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type FormEvent, useMemo, useState } from "react";
import type { NewExperimentFormQuery, Task } from "@/gql/graphql";
import { plural } from "@/lib/format";
import { Panel } from "@/ui/Panel";
import { BaseFields } from "../newExperiment/BaseFields.tsx";
import { type Configuration, stepsPerRun } from "../newExperiment/draft.ts";
import { DataPanel, QuestionPanel, SeedsPanel } from "../newExperiment/HeadPanels.tsx";
import { StartSummary, Updates } from "../newExperiment/StartSummary.tsx";
import { useHead } from "../newExperiment/useHead.ts";
import { useProblems } from "../newExperiment/useProblems.ts";
import { useStart } from "../newExperiment/useStart.ts";
import { studyMs } from "../newTransferStudy/draft.ts";
import { modelOf } from "../startingWeights/fit.ts";
import { StartingWeightsFields } from "../startingWeights/StartingWeightsFields.tsx";
import { choicesOf, sourcesOf, weightsProblem } from "../startingWeights/sources.ts";
import { type StartingWeights, startingWeights } from "../startingWeights/startingWeights.ts";
import { CutsPanel } from "./CutsPanel.tsx";
import { armCount, armsText, cutsOf, sourceInput } from "./draft.ts";
import { BlocksQuery, CreateLayerCutStudy } from "./queries.ts";

const whole = { part: "encoder" } as const;

/** One form, one mutation: the first k blocks of one source, for several k × seeds. */
export function LayerCutForm({ data }: { readonly data: NewExperimentFormQuery }) {
  const head = useHead(data);
  const sources = useMemo(() => sourcesOf(data), [data]);
  const [bases, setBases] = useState<Readonly<Record<Task, Configuration>>>({
    SEGMENTATION: data.defaultConfiguration,
    CLASSIFICATION: data.classificationDefaults,
  });
  const [chosenWeights, setWeights] = useState<StartingWeights | null>(null);
  const [chosenCuts, setCuts] = useState<readonly number[] | null>(null);
  const [statistics, setStatistics] = useState(true);
  const { task, classes } = head.version.schema;
  const base = bases[task];
  const target = { model: modelOf(base), classes: classes.length };
  // Until someone chooses: the first weights that fit, imported ones before runs.
  const weights =
    chosenWeights ??
    (["imported", "run"] as const)
      .flatMap((kind) => choicesOf(sources, kind, target, whole.part))
      .filter(({ why }) => why === null)
      .map(({ kind, id }) => startingWeights(kind, id, whole))[0] ??
    startingWeights("run", "", whole);
  const checked = useProblems([base]);
  const problems = checked.lists[0] ?? [];
  const key = JSON.stringify(base);
  const [settled] = useDebouncedValue(key, 250);
  const asked = useQuery(BlocksQuery, {
    variables: { base: JSON.parse(settled) as Configuration },
    skip: problems.length > 0 || checked.pending,
    fetchPolicy: "no-cache",
  });
  const blocks = (asked.data ?? asked.previousData)?.layerCutBlocks ?? null;
  const cuts = cutsOf(chosenCuts, blocks?.length ?? 0);
  const source = sourceInput(weights);
  const seeds = head.seeds?.length ?? 0;
  const runs = armCount(cuts, statistics) * seeds;
  const trainItems = head.split?.trainItems;
  const input = head.input && source && { ...head.input, base, ...source, blocks: cuts, statistics };
  const starting = useStart(
    CreateLayerCutStudy,
    input,
    ({ createLayerCutStudy }) => `/experiments/${createLayerCutStudy.id}?tab=cut`,
  );
  const missing = [
    ...head.missing,
    ...(weightsProblem(weights, sources, target) === null ? [] : ["starting weights that fit"]),
    ...(cuts.length === 0 ? ["a cut"] : []),
  ];

  function submit(event: FormEvent) {
    event.preventDefault();
    void starting.start();
  }
  return (
    <form onSubmit={submit}>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 9 }}>
          <Stack gap="md">
            <QuestionPanel
              head={head}
              placeholder="How many blocks of ImageNet must be transferred?"
              nameProblem={starting.problemOf("name")}
            />
            <DataPanel head={head} />
            <Panel
              title="3 · Whose weights"
              note="One source for all arms. What an earlier run gives is its best checkpoint."
            >
              <StartingWeightsFields
                value={weights}
                onChange={setWeights}
                sources={sources}
                target={target}
                of="the source"
                offered={["imported", "run"]}
                wholeOnly
              />
            </Panel>
            <Panel title="4 · Base configuration" note="What all arms share.">
              <BaseFields base={base} onChange={(next) => setBases({ ...bases, [task]: next })} problems={problems} />
            </Panel>
            <CutsPanel
              blocks={blocks}
              cuts={cuts}
              onCuts={setCuts}
              statistics={statistics}
              onStatistics={setStatistics}
            />
            <SeedsPanel head={head} title="6 · Seeds and margin" />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 3 }}>
          <StartSummary
            runs={runs}
            grid={`${plural(armCount(cuts, statistics), "arm")} (${armsText(cuts, statistics)}) × ${plural(seeds, "seed")}`}
            time={studyMs(
              base,
              runs,
              trainItems,
              data.runs.edges.map(({ node }) => node),
            )}
            answer={
              seeds < 5
                ? "estimates only: a verdict needs 5 seeds"
                : "score and speed against k, and the smallest k that keeps up"
            }
            growth="The same name and question with more cuts or seeds adds only the runs that are missing."
            missing={missing}
            problems={problems.length}
            pending={checked.pending || asked.loading || settled !== key}
            starting={starting}
            checkError={checked.error ?? asked.error}
          >
            <Updates runs={runs} budget={trainItems === undefined ? null : stepsPerRun(base, trainItems)} />
          </StartSummary>
        </Grid.Col>
      </Grid>
    </form>
  );
}
