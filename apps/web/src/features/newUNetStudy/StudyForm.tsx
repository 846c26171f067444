"use client";
import { useQuery } from "@apollo/client/react";
import { Grid, Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import type { NewExperimentFormQuery } from "@/gql/graphql";
import { Panel } from "@/ui/Panel";
import { BaseFields } from "../newExperiment/BaseFields.tsx";
import { type Configuration, readPath, withField } from "../newExperiment/draft.ts";
import { DataPanel, QuestionPanel, SeedsPanel } from "../newExperiment/HeadPanels.tsx";
import { useHead } from "../newExperiment/useHead.ts";
import { useProblems } from "../newExperiment/useProblems.ts";
import { useStart } from "../newExperiment/useStart.ts";
import { type Choices, possible } from "./choices.ts";
import { GridPanel } from "./GridPanel.tsx";
import { CreateUNetStudy, GridQuery } from "./queries.ts";
import { StudySummary } from "./StudySummary.tsx";

/** One form, one mutation: depths × skips × losses × seeds. */
export function StudyForm({ data }: { readonly data: NewExperimentFormQuery }) {
  const head = useHead(data, "SEGMENTATION");
  const [base, setBase] = useState<Configuration>(data.defaultConfiguration);
  const [ticked, setTicked] = useState<Choices>(() => ({
    depths: [5, 3, 0],
    skips: ["all", "none"],
    losses: [String(readPath(data.defaultConfiguration, "loss.name"))],
  }));
  const choices = possible(ticked, readPath(base, "model.size"));
  // The base's own depth is none of the study's; it must not be what is wrong with it.
  const full = withField(base, "model.depth", choices.depths[0] ?? 0);
  const checked = useProblems([full]);
  const problems = checked.lists[0] ?? [];
  const key = JSON.stringify([full, choices]);
  const [settled] = useDebouncedValue(key, 250);
  const [askedBase, asked] = JSON.parse(settled) as [Configuration, Choices];
  const complete = choices.depths.length > 0 && choices.skips.length > 0 && choices.losses.length > 0;
  const grid = useQuery(GridQuery, {
    variables: { base: askedBase, depths: [...asked.depths], skips: [...asked.skips], losses: [...asked.losses] },
    skip: !complete || problems.length > 0 || checked.pending,
    fetchPolicy: "no-cache",
  });
  const { depths, skips, losses } = choices;
  const input = head.input && {
    ...head.input,
    base: full,
    depths: [...depths],
    skips: [...skips],
    losses: [...losses],
  };
  const starting = useStart(CreateUNetStudy, input, ({ createUNetStudy }) => `/experiments/${createUNetStudy.id}`);
  const missing = [
    ...head.missing,
    ...(choices.depths.length === 0 ? ["a depth"] : []),
    ...(choices.skips.length === 0 ? ["skip connections"] : []),
    ...(choices.losses.length === 0 ? ["a loss"] : []),
  ];

  function submit(event: FormEvent) {
    event.preventDefault();
    void starting.start();
  }

  const planned = grid.data ?? grid.previousData;
  return (
    <form onSubmit={submit}>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 9 }}>
          <Stack gap="md">
            <QuestionPanel
              head={head}
              nameProblem={starting.problemOf("name")}
              placeholder="Which depth and which skip connections are worth their weights here?"
            />
            <DataPanel head={head} />
            <Panel
              title="3 · What is compared"
              note="Every combination is an arm. The deepest depth, all skips and the first loss are the reference."
            >
              <GridPanel
                choices={choices}
                size={readPath(base, "model.size")}
                notes={planned?.unetStudyGrid.notes ?? []}
                onChange={setTicked}
              />
            </Panel>
            <Panel title="4 · Base configuration" note="What all arms share.">
              <BaseFields
                base={base}
                onChange={setBase}
                problems={problems}
                without={["model.depth", "model.skips", "loss"]}
              />
            </Panel>
            <SeedsPanel head={head} title="5 · Seeds and margin" />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 3 }}>
          <StudySummary
            arms={complete ? (planned?.unetStudyGrid.arms ?? []) : []}
            seeds={head.seeds?.length ?? 0}
            trainItems={head.split?.trainItems}
            runs={data.runs.edges.map(({ node }) => node)}
            missing={missing}
            problems={problems.length}
            pending={checked.pending || grid.loading || settled !== key}
            starting={starting}
            checkError={checked.error ?? grid.error}
          />
        </Grid.Col>
      </Grid>
    </form>
  );
}
