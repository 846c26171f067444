"use client";
import { useQuery } from "@apollo/client/react";
import { Alert, Grid, Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type FormEvent, useMemo, useState } from "react";
import type { NewExperimentFormQuery, Task } from "@/gql/graphql";
import { armLook } from "@/lib/arms";
import { useScheme } from "@/lib/useScheme";
import { Panel } from "@/ui/Panel";
import { NoiseReadersQuery } from "../labels/queries.ts";
import { AddArm, ArmEditor } from "../newExperiment/ArmEditor.tsx";
import { BaseFields } from "../newExperiment/BaseFields.tsx";
import { armChanges, armConfiguration, type Configuration, type DraftArm } from "../newExperiment/draft.ts";
import { DataPanel, QuestionPanel, SeedsPanel } from "../newExperiment/HeadPanels.tsx";
import { useHead } from "../newExperiment/useHead.ts";
import { useProblems } from "../newExperiment/useProblems.ts";
import { useStart } from "../newExperiment/useStart.ts";
import { studyMs } from "../newTransferStudy/draft.ts";
import { modelOf } from "../startingWeights/fit.ts";
import { sourcesOf, weightsProblem } from "../startingWeights/sources.ts";
import { type DraftNoise, type NoiseTarget, newNoise, noiseInput, noisesMissing } from "./draft.ts";
import { NoisePanel } from "./NoisePanel.tsx";
import { NoiseSummary } from "./NoiseSummary.tsx";
import { CreateNoiseStudy, NoiseStudyPlanQuery } from "./queries.ts";

const firstMethods: readonly DraftArm[] = [{ key: 1, name: "base", weights: { kind: "random" }, changes: [] }];
const firstNoise: Readonly<Record<Task, readonly DraftNoise[]>> = {
  SEGMENTATION: [newNoise(1, "boundaryShift")],
  CLASSIFICATION: [newNoise(1, "symmetric")],
};

/** One form, one mutation: methods × training noise × seeds, scored on evaluation noise. */
export function NoiseForm({ data }: { readonly data: NewExperimentFormQuery }) {
  const scheme = useScheme();
  const head = useHead(data);
  const { schema, rule, id: labelVersionId } = head.version;
  const { task } = schema;
  const [bases, setBases] = useState<Readonly<Record<Task, Configuration>>>({
    SEGMENTATION: data.defaultConfiguration,
    CLASSIFICATION: data.classificationDefaults,
  });
  const base = bases[task];
  const [methods, setMethods] = useState(firstMethods);
  /** By label schema: a matrix or a reader of one is none of another. */
  const [noisesOf, setNoises] = useState<Readonly<Record<string, readonly DraftNoise[]>>>({});
  const [noiseSeed, setNoiseSeed] = useState(1);
  const noises = noisesOf[schema.id] ?? firstNoise[task];
  const readers = useQuery(NoiseReadersQuery, { variables: { id: head.dataset.id } });
  const ofSchema = (readers.data?.dataset?.readers ?? []).filter(({ schemaId }) => schemaId === schema.id);
  const target: NoiseTarget = { schema, readers: ofSchema.map((reader) => reader.name) };
  const sources = useMemo(() => sourcesOf(data), [data]);
  const configurations = methods.map((method) => armConfiguration(method, base));
  const checked = useProblems([base, ...configurations]);
  const baseProblems = checked.lists[0] ?? [];
  const methodProblems = (place: number) =>
    (checked.lists[place + 1] ?? []).filter((problem) => !baseProblems.some((known) => known.field === problem.field));
  const problems = baseProblems.length + methods.flatMap((_, place) => methodProblems(place)).length;
  const classes = schema.classes.length;
  const names = methods.map(({ name }) => name.trim());
  const missing = [
    ...head.missing,
    ...(names.some((name) => name === "") ? ["a name for every method"] : []),
    ...(new Set(names).size < names.length ? ["different names for the methods"] : []),
    ...methods.flatMap(({ weights }, place) =>
      weightsProblem(weights, sources, { model: modelOf(configurations[place]!), classes }) === null
        ? []
        : [`starting weights that fit for method ${place + 1}`],
    ),
    ...noisesMissing(noises, target),
  ];

  const seeds = head.seeds?.length ?? 0;
  const asked = {
    ...{ labelVersionId, base, seeds },
    methods: methods.map((method, place) => ({ name: names[place]!, changes: armChanges(method, base) })),
    noises: noises.map((noise) => noiseInput(noise, target)),
  };
  const key = JSON.stringify(asked);
  const [settled] = useDebouncedValue(key, 250);
  const canPlan =
    noisesMissing(noises, target).length === 0 &&
    problems === 0 &&
    !checked.pending &&
    names.every((name) => name !== "");
  const plan = useQuery(NoiseStudyPlanQuery, {
    variables: JSON.parse(settled) as typeof asked,
    skip: !canPlan || seeds === 0,
    fetchPolicy: "no-cache",
  });
  const planned = canPlan ? ((plan.data ?? plan.previousData)?.noiseStudyPlan ?? null) : null;

  const input = head.input && { ...head.input, base, methods: asked.methods, noises: asked.noises, noiseSeed };
  const starting = useStart(
    CreateNoiseStudy,
    input,
    ({ createNoiseStudy }) => `/experiments/${createNoiseStudy.id}?tab=noise`,
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
              placeholder="How much label noise can each loss take here before it breaks down?"
            />
            <DataPanel head={head} />
            {/with noise:/.test(rule) && (
              <Alert color="orange" title="This label version has noise already">
                The study’s noise comes on top of it, and “no noise” is this version. Choose the version that the noise
                was added to, unless that is meant.
              </Alert>
            )}
            <NoisePanel
              noises={noises}
              target={target}
              versions={head.versions.filter((version) => version.schema.id === schema.id)}
              seed={noiseSeed}
              onChange={(next) => setNoises({ ...noisesOf, [schema.id]: next })}
              onSeed={setNoiseSeed}
            />
            <Panel title="4 · Base configuration" note="What all methods share, unless a method changes it.">
              <BaseFields
                base={base}
                onChange={(next) => setBases({ ...bases, [task]: next })}
                problems={baseProblems}
              />
            </Panel>
            <Panel
              title="5 · Methods"
              note="What is compared under noise: a loss, say. The first is the reference."
              actions={<AddArm onAdd={addMethod} />}
            >
              {methods.map((method, place) => (
                <ArmEditor
                  key={method.key}
                  arm={method}
                  {...{ place, base, sources, classes }}
                  look={armLook(place, scheme)}
                  problems={methodProblems(place)}
                  onChange={(next) => setMethods(methods.map((each) => (each.key === next.key ? next : each)))}
                  onRemove={
                    methods.length > 1 ? () => setMethods(methods.filter((each) => each.key !== method.key)) : undefined
                  }
                />
              ))}
            </Panel>
            <SeedsPanel head={head} title="6 · Seeds and margin" />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 3 }}>
          <NoiseSummary
            plan={planned}
            seeds={seeds}
            time={
              planned &&
              studyMs(
                base,
                planned.arms.length * seeds,
                head.split?.trainItems,
                data.runs.edges.map(({ node }) => node),
              )
            }
            missing={missing}
            problems={problems}
            pending={checked.pending || plan.loading || settled !== key}
            starting={starting}
            checkError={checked.error ?? plan.error}
          />
        </Grid.Col>
      </Grid>
    </form>
  );

  function addMethod() {
    const next = Math.max(...methods.map((method) => method.key)) + 1;
    setMethods([...methods, { key: next, name: "", weights: { kind: "random" }, changes: [] }]);
  }
}
