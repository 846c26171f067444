"use client";
import { Grid, Stack } from "@mantine/core";
import { type FormEvent, useMemo, useState } from "react";
import type { NewExperimentFormQuery, Task } from "@/gql/graphql";
import { plural } from "@/lib/format";
import { Panel } from "@/ui/Panel";
import { BaseFields, problemText } from "../newExperiment/BaseFields.tsx";
import type { Configuration } from "../newExperiment/draft.ts";
import { DataPanel, QuestionPanel, SeedsPanel } from "../newExperiment/HeadPanels.tsx";
import { StartSummary, Updates } from "../newExperiment/StartSummary.tsx";
import { useHead } from "../newExperiment/useHead.ts";
import { useProblems } from "../newExperiment/useProblems.ts";
import { useStart } from "../newExperiment/useStart.ts";
import { modelOf } from "../startingWeights/fit.ts";
import { sourcesOf, weightsProblem } from "../startingWeights/sources.ts";
import { ArmsPanel } from "./ArmsPanel.tsx";
import { BudgetPanel } from "./BudgetPanel.tsx";
import {
  armConfiguration,
  armName,
  armsMissing,
  budgetOf,
  type DraftArm,
  offeredFractions,
  studyMs,
  usualSteps,
} from "./draft.ts";
import { CreateTransferStudy } from "./queries.ts";

const reference: DraftArm = { key: 0, name: "", weights: { kind: "random" } };

/** One form, one mutation: starting weights × shares of the training items × seeds. */
export function TransferForm({ data }: { readonly data: NewExperimentFormQuery }) {
  const head = useHead(data);
  const sources = useMemo(() => sourcesOf(data), [data]);
  const [bases, setBases] = useState<Readonly<Record<Task, Configuration>>>({
    SEGMENTATION: data.defaultConfiguration,
    CLASSIFICATION: data.classificationDefaults,
  });
  const [steps, setSteps] = useState<number | null | undefined>(undefined);
  const [arms, setArms] = useState<readonly DraftArm[]>([reference]);
  const [fractions, setFractions] = useState<readonly number[]>(offeredFractions);
  const { task, classes } = head.version.schema;
  const trainItems = head.split?.trainItems ?? 0;
  // Until someone chooses, an epoch is as long as one pass over the whole training fold.
  const usual = usualSteps(bases[task].batchSize, head.split?.trainItems);
  const base: Configuration = { ...bases[task], stepsPerEpoch: steps === undefined ? usual : steps };
  const setBase = (next: Configuration) => setBases({ ...bases, [task]: next });
  const checked = useProblems([base, ...arms.map((arm) => armConfiguration(arm, base))]);
  const problems = checked.lists[0] ?? [];
  // What the base gets wrong is said once; a source that is missing or does not fit stands beside it.
  const blocks = checked.lists
    .slice(1)
    .flatMap((list) => list.filter(({ field }) => field === "startingWeights.blocks"));
  const target = { model: modelOf(base), classes: classes.length };
  const seeds = head.seeds?.length ?? 0;
  const runs = arms.length * fractions.length * seeds;
  const input = head.input && {
    ...head.input,
    base,
    arms: arms.map((arm) => ({ name: armName(arm, sources), startingWeights: { ...arm.weights } })),
    fractions: [...fractions],
  };
  const starting = useStart(
    CreateTransferStudy,
    input,
    ({ createTransferStudy }) => `/experiments/${createTransferStudy.id}?tab=transfer`,
  );
  const missing = [
    ...head.missing,
    ...armsMissing(arms, sources),
    ...arms.flatMap((arm, place) =>
      weightsProblem(arm.weights, sources, target) === null ? [] : [`starting weights that fit for arm ${place + 1}`],
    ),
    ...(head.split && trainItems === 0 ? ["training items in the split"] : []),
    ...(fractions.length === 0 ? ["a share of the data"] : []),
    ...(budgetOf(base) === null ? ["a budget"] : []),
  ];

  function submit(event: FormEvent) {
    event.preventDefault();
    void starting.start();
  }

  const problemOf = (field: string) => {
    const problem = problems.find((each) => each.field === field);
    return problem && problemText(problem);
  };
  return (
    <form onSubmit={submit}>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 9 }}>
          <Stack gap="md">
            <QuestionPanel
              head={head}
              placeholder="Does starting from ImageNet help here, and is it the features or their scale?"
              nameProblem={starting.problemOf("name")}
            />
            <DataPanel head={head} />
            <ArmsPanel arms={arms} sources={sources} target={target} onChange={setArms} />
            <BudgetPanel
              base={base}
              fractions={fractions}
              trainItems={trainItems}
              trainSubjects={head.split?.trainSubjects ?? 0}
              problemOf={problemOf}
              onFractions={setFractions}
              onSteps={setSteps}
              onEpochs={(epochs) => setBase({ ...base, epochs })}
            />
            <Panel title="5 · Base configuration" note="What all arms share.">
              <BaseFields
                base={base}
                onChange={setBase}
                problems={problems}
                without={["epochs", "stepsPerEpoch", "trainingFraction"]}
              />
            </Panel>
            <SeedsPanel head={head} title="6 · Seeds and margin" />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 3 }}>
          <StartSummary
            runs={runs}
            grid={`${plural(arms.length, "arm")} × ${plural(fractions.length, "share")} of the data × ${plural(seeds, "seed")}`}
            time={studyMs(
              base,
              runs,
              head.split?.trainItems,
              data.runs.edges.map(({ node }) => node),
            )}
            answer={
              seeds < 5
                ? "estimates only: a verdict needs 5 seeds"
                : "final gap and speed gap, with intervals and verdicts"
            }
            growth="The same name and question with more arms, shares or seeds adds only the runs that are missing."
            missing={missing}
            problems={problems.length + blocks.length}
            pending={checked.pending}
            starting={starting}
            checkError={checked.error}
          >
            <Updates runs={runs} budget={budgetOf(base)} />
          </StartSummary>
        </Grid.Col>
      </Grid>
    </form>
  );
}
