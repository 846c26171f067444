"use client";
import { Grid, Stack } from "@mantine/core";
import { type FormEvent, useMemo, useState } from "react";
import type { NewExperimentFormQuery, RunTask } from "@/gql/graphql";
import { armLook } from "@/lib/arms";
import { useScheme } from "@/lib/useScheme";
import { Panel } from "@/ui/Panel";
import { modelOf } from "../startingWeights/fit.ts";
import { sourcesOf, weightsProblem } from "../startingWeights/sources.ts";
import { AddArm, ArmEditor } from "./ArmEditor.tsx";
import { BaseFields } from "./BaseFields.tsx";
import { armChanges, armConfiguration, type Configuration, type DraftArm } from "./draft.ts";
import { FoldsPanel } from "./FoldsPanel.tsx";
import { DataPanel, QuestionPanel, SeedsPanel } from "./HeadPanels.tsx";
import { CreateCrossValidation, CreateExperiment } from "./queries.ts";
import { ScoredOnPanel } from "./ScoredOnPanel.tsx";
import { Summary } from "./Summary.tsx";
import { useFolds } from "./useFolds.ts";
import { useHead } from "./useHead.ts";
import { useProblems } from "./useProblems.ts";
import { useStart } from "./useStart.ts";

const taskText: Readonly<Record<RunTask, string>> = {
  SEGMENTATION: "a segmentation",
  CLASSIFICATION: "a classification",
  MIL: "multiple-instance learning on bags",
};

const firstArms: readonly DraftArm[] = [
  { key: 1, name: "random", weights: { kind: "random" }, changes: [] },
  { key: 2, name: "", weights: { kind: "random" }, changes: [] },
];

interface Props {
  readonly data: NewExperimentFormQuery;
  /** Folds and repeats in place of a split and seeds. */
  readonly crossValidated?: boolean;
}

export function ExperimentForm({ data, crossValidated = false }: Props) {
  const scheme = useScheme();
  const head = useHead(data);
  const folds = useFolds();
  const { split } = head;
  const seeds = crossValidated ? Array.from({ length: folds.folds * folds.repeats || 0 }, (_, at) => at) : head.seeds;
  const [bases, setBases] = useState<Readonly<Record<RunTask, Configuration>>>({
    SEGMENTATION: data.defaultConfiguration,
    CLASSIFICATION: data.classificationDefaults,
    MIL: data.milDefaults,
  });
  const task: RunTask = head.dataset.itemKind === "BAG" ? "MIL" : head.version.schema.task;
  const base = bases[task];
  const [arms, setArms] = useState(firstArms);
  const configurations = arms.map((arm) => armConfiguration(arm, base));
  const checked = useProblems([base, ...configurations]);
  const baseProblems = checked.lists[0] ?? [];
  const chooses = configurations.some(({ choose }) => choose !== "last");
  const runs = data.runs.edges.map(({ node }) => node);
  const sources = useMemo(() => sourcesOf(data), [data]);
  const classes = head.version.schema.classes.length;
  const classesText = JSON.stringify(head.version.schema.classes);
  const alike = head.versions.filter(({ schema }) => JSON.stringify(schema.classes) === classesText);
  // The folds of a cross-validation are drawn on the labels of one version.
  const others = crossValidated ? [] : alike.filter(({ id }) => id !== head.version.id);
  const versions = [head.version, ...others];
  const learnsFrom = ({ labelVersionId }: DraftArm) => (versions.some(({ id }) => id === labelVersionId) ? labelVersionId! : head.version.id); // biome-ignore format: one line
  const differ = arms.some((arm) => learnsFrom(arm) !== head.version.id);
  const [scoredOn, setScoredOn] = useState("");
  const evaluationLabelVersionId = versions.some(({ id }) => id === scoredOn) ? scoredOn : null;
  const shared = {
    base,
    arms: arms.map((arm) => ({
      name: arm.name.trim(),
      changes: armChanges(arm, base),
      labelVersionId: differ ? learnsFrom(arm) : null,
    })),
  };
  const creating = useStart(
    CreateExperiment,
    head.input && { ...head.input, ...shared, evaluationLabelVersionId },
    ({ createExperiment }) => `/experiments/${createExperiment.id}`,
  );
  const validating = useStart(
    CreateCrossValidation,
    { ...head.shared, ...shared, folds: folds.folds, repeats: folds.repeats },
    ({ createCrossValidation }) => `/experiments/${createCrossValidation.id}`,
  );
  const starting = crossValidated ? validating : creating;

  // What the base gets wrong is said once, beside its field; an arm shows only what it adds.
  const armProblems = (place: number) =>
    (checked.lists[place + 1] ?? []).filter((problem) => !baseProblems.some((known) => known.field === problem.field));
  const names = arms.map((arm) => arm.name.trim());
  const missing = [
    ...(crossValidated ? [...head.missingQuestion, ...folds.missing] : head.missing),
    differ && evaluationLabelVersionId === null && "the label version that all arms are scored on",
    names.some((each) => each === "") && "a name for every arm",
    new Set(names).size < names.length && "different names for the arms",
    ...arms.map((arm, place) => {
      const target = { model: modelOf(configurations[place]!), classes };
      return weightsProblem(arm.weights, sources, target) !== null && `starting weights that fit for arm ${place + 1}`;
    }),
  ].filter((each) => each !== false);

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
              placeholder="Does starting from a pretrained encoder raise test Dice at the same budget?"
              nameProblem={starting.problemOf("name")}
            />
            <DataPanel head={head} withSplit={!crossValidated} />
            <Panel
              title="3 · Base configuration"
              note={`What all arms share, unless an arm changes it: ${taskText[task]}, as dataset and label version have it.`}
            >
              <BaseFields
                base={base}
                onChange={(next) => setBases({ ...bases, [task]: next })}
                problems={baseProblems}
              />
            </Panel>
            <Panel
              title="4 · Arms"
              note="What is compared. The first arm is the reference: differences are the other arm minus it."
              actions={
                <AddArm
                  onAdd={() =>
                    setArms([
                      ...arms,
                      {
                        key: Math.max(...arms.map((arm) => arm.key)) + 1,
                        name: "",
                        weights: { kind: "random" },
                        changes: [],
                      },
                    ])
                  }
                />
              }
            >
              {arms.map((arm, place) => (
                <ArmEditor
                  key={arm.key}
                  arm={arm}
                  place={place}
                  look={armLook(place, scheme)}
                  base={base}
                  sources={sources}
                  classes={classes}
                  problems={armProblems(place)}
                  versions={versions}
                  onChange={(next) => setArms(arms.map((each) => (each.key === next.key ? next : each)))}
                  onRemove={arms.length > 1 ? () => setArms(arms.filter((each) => each.key !== arm.key)) : undefined}
                />
              ))}
            </Panel>
            {versions.length > 1 && (
              <ScoredOnPanel
                versions={versions}
                value={evaluationLabelVersionId}
                mustChoose={differ}
                onChange={setScoredOn}
              />
            )}
            {crossValidated ? (
              <FoldsPanel head={head} folds={folds} title="5 · Folds and repeats" chooses={chooses} />
            ) : (
              <SeedsPanel head={head} title="5 · Seeds and margin" />
            )}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 3 }}>
          <Summary
            arms={arms}
            configurations={configurations}
            seeds={seeds}
            trainItems={crossValidated ? folds.trainItems(head.version.items, chooses) : split?.trainItems}
            independent={crossValidated ? folds.repeats : undefined}
            runs={runs}
            missing={missing}
            problems={arms.flatMap((_, place) => armProblems(place)).length + baseProblems.length}
            checkError={checked.error}
            pending={checked.pending}
            starting={starting}
          />
        </Grid.Col>
      </Grid>
    </form>
  );
}
