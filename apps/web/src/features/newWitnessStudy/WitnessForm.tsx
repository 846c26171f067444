"use client";
import { useQuery } from "@apollo/client/react";
import { Checkbox, Grid, Group, Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import type { NewExperimentFormQuery, WitnessPoolingsQuery } from "@/gql/graphql";
import { Panel } from "@/ui/Panel";
import { BaseFields } from "../newExperiment/BaseFields.tsx";
import type { Configuration } from "../newExperiment/draft.ts";
import { DataPanel, QuestionPanel, SeedsPanel } from "../newExperiment/HeadPanels.tsx";
import { useHead } from "../newExperiment/useHead.ts";
import { useProblems } from "../newExperiment/useProblems.ts";
import { useStart } from "../newExperiment/useStart.ts";
import { studyMs } from "../newTransferStudy/draft.ts";
import { BagsPanel } from "./BagsPanel.tsx";
import { bagsInput, firstBags, firstPoolings, firstRates, parseRates } from "./draft.ts";
import { CreateWitnessStudy, WitnessStudyPlanQuery } from "./queries.ts";
import { WitnessSummary } from "./WitnessSummary.tsx";

interface Props {
  readonly data: NewExperimentFormQuery;
  readonly offered: WitnessPoolingsQuery["witnessPoolings"];
}

/** One form, one mutation: poolings × witness rates × seeds, on bags that are composed for it. */
export function WitnessForm({ data, offered }: Props) {
  const head = useHead(data, "CLASSIFICATION");
  const [base, setBase] = useState<Configuration>(data.milDefaults);
  const [chosen, setChosen] = useState<readonly string[]>(firstPoolings);
  const [ratesText, setRatesText] = useState(firstRates);
  const [draftBags, setDraftBags] = useState(firstBags);
  const poolings = offered
    .filter(({ name }) => chosen.includes(name))
    .map(({ name, changes }) => ({ name, changes: changes as Configuration }));
  const rates = parseRates(ratesText);
  const bags = bagsInput(draftBags);
  const checked = useProblems([base]);
  const problems = checked.lists[0] ?? [];
  const missing = [
    ...head.missing,
    ...(poolings.length === 0 ? ["a pooling"] : []),
    ...(rates === null ? ["rates that are percentages"] : []),
    ...(bags === null ? ["whole numbers of tiles and bags"] : []),
  ];
  const seeds = head.seeds?.length ?? 0;
  const asked = rates && bags && head.split && { labelVersionId: head.version.id, splitId: head.split.id, base, poolings, rates, bags }; // biome-ignore format: one line
  const key = JSON.stringify(asked ?? null);
  const [settled] = useDebouncedValue(key, 250);
  const canPlan = asked && poolings.length > 0 && problems.length === 0 && !checked.pending && settled !== "null";
  const plan = useQuery(WitnessStudyPlanQuery, {
    variables: JSON.parse(settled === "null" ? "{}" : settled) as NonNullable<typeof asked>,
    skip: !canPlan,
    fetchPolicy: "no-cache",
  });
  const planned = canPlan && !plan.error ? ((plan.data ?? plan.previousData)?.witnessStudyPlan ?? null) : null;
  const input = head.input && rates && bags && { ...head.input, base, poolings, rates, bags };
  const starting = useStart(
    CreateWitnessStudy,
    input,
    ({ createWitnessStudy }) => `/experiments/${createWitnessStudy.id}?tab=witness`,
  );

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
              nameProblem={starting.problemOf("name")}
              placeholder="Down to which share of tumour tiles does attention find a slide?"
            />
            <DataPanel head={head} />
            <BagsPanel
              datasetId={head.dataset.id}
              splitId={head.split?.id}
              rates={ratesText}
              onRates={setRatesText}
              bags={draftBags}
              onBags={setDraftBags}
            />
            <Panel title="4 · Poolings" note="All on the same bags. The first that is chosen is the reference.">
              <Checkbox.Group value={[...chosen]} onChange={setChosen} label="Poolings to compare">
                <Group gap="md" mt={6}>
                  {offered.map(({ name }) => (
                    <Checkbox key={name} value={name} label={name} />
                  ))}
                </Group>
              </Checkbox.Group>
            </Panel>
            <Panel title="5 · Base configuration" note="What all poolings share; each brings its own pooling.">
              <BaseFields base={base} onChange={setBase} problems={problems} without={pooled} />
            </Panel>
            <SeedsPanel head={head} title="6 · Seeds and margin" />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 3 }}>
          <WitnessSummary
            plan={planned}
            seeds={seeds}
            tiles={bags?.tiles ?? 0}
            time={planned && studyMs(base, planned.arms.length * seeds, bags?.train, data.runs.edges.map(({ node }) => node))} // biome-ignore format: one line
            missing={missing}
            problems={problems.length}
            pending={checked.pending || plan.loading || settled !== key}
            starting={starting}
            checkError={checked.error ?? plan.error}
          />
        </Grid.Col>
      </Grid>
    </form>
  );
}

/** Fields that a pooling says. */
const pooled = ["task", "model.family", "model.pooling", "model.k", "model.attention", "model.hidden", "model.heads", "model.landmarks"]; // biome-ignore format: one line
