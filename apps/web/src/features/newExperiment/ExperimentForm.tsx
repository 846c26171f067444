"use client";
import { useMutation } from "@apollo/client/react";
import {
  Autocomplete,
  Grid,
  NativeSelect,
  NumberInput,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import type { NewExperimentFormQuery } from "@/gql/graphql";
import { armLook } from "@/lib/arms";
import { count } from "@/lib/format";
import { useScheme } from "@/lib/useScheme";
import { Panel } from "@/ui/Panel";
import { SubjectsUnknown } from "@/ui/Stamp";
import { AddArm, ArmEditor } from "./ArmEditor.tsx";
import { BaseFields } from "./BaseFields.tsx";
import { armChanges, armConfiguration, type Configuration, type DraftArm, parseSeeds } from "./draft.ts";
import { CreateExperiment } from "./queries.ts";
import { Summary } from "./Summary.tsx";
import { useProblems } from "./useProblems.ts";

const firstArms: readonly DraftArm[] = [
  { key: 1, name: "random", weights: { kind: "random" }, changes: [] },
  { key: 2, name: "", weights: { kind: "random" }, changes: [] },
];

export function ExperimentForm({ data }: { readonly data: NewExperimentFormQuery }) {
  const router = useRouter();
  const scheme = useScheme();
  const datasets = data.datasets.edges.map(({ node }) => node).filter((node) => node.labelVersions.length > 0);
  const [name, setName] = useState("");
  const [question, setQuestion] = useState("");
  const [datasetId, setDatasetId] = useState(datasets[0]!.id);
  const dataset = datasets.find((each) => each.id === datasetId)!;
  const [project, setProject] = useState(dataset.project.name);
  const versions = [...dataset.labelVersions].sort((a, b) => b.number - a.number);
  const [versionId, setVersionId] = useState("");
  const [splitId, setSplitId] = useState("");
  const version = versions.find((each) => each.id === versionId) ?? versions[0]!;
  const split = dataset.splits.find((each) => each.id === splitId) ?? dataset.splits[0];
  const [base, setBase] = useState<Configuration>(data.defaultConfiguration);
  const [arms, setArms] = useState(firstArms);
  const [seedText, setSeedText] = useState("1-5");
  const [margin, setMargin] = useState<number | null>(0.02);
  const seeds = parseSeeds(seedText);
  const configurations = arms.map((arm) => armConfiguration(arm, base));
  const checked = useProblems([base, ...configurations]);
  const baseProblems = checked.lists[0] ?? [];
  const runs = data.runs.edges.map(({ node }) => node);
  const [create, creating] = useMutation(CreateExperiment);

  // What the base gets wrong is said once, beside its field; an arm shows only what it adds.
  const armProblems = (place: number) =>
    (checked.lists[place + 1] ?? []).filter((problem) => !baseProblems.some((known) => known.field === problem.field));
  const names = arms.map((arm) => arm.name.trim());
  const missing = [
    name.trim() === "" && "a name",
    question.trim() === "" && "the question",
    !split && "a split",
    names.some((each) => each === "") && "a name for every arm",
    new Set(names).size < names.length && "different names for the arms",
    !seeds && "seeds",
  ].filter((each) => each !== false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!split || !seeds) return;
    const input = {
      projectName: project.trim(),
      name: name.trim(),
      question: question.trim(),
      labelVersionId: version.id,
      splitId: split.id,
      base,
      arms: arms.map((arm) => ({ name: arm.name.trim(), changes: armChanges(arm, base) })),
      seeds,
      equivalenceMargin: margin,
    };
    const done = await create({ variables: { input } }).catch(() => null);
    if (done?.data) router.push(`/experiments/${done.data.createExperiment.id}`);
  }

  return (
    <form onSubmit={submit}>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 9 }}>
          <Stack gap="md">
            <Panel title="1 · Question">
              <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
                <TextInput
                  label="Name"
                  required
                  maxLength={200}
                  value={name}
                  onChange={(event) => setName(event.currentTarget.value)}
                />
                <Autocomplete
                  label="Project"
                  required
                  value={project}
                  onChange={setProject}
                  data={data.projects.map((each) => each.name)}
                />
              </SimpleGrid>
              <Textarea
                mt="sm"
                label="Question"
                description="What the comparison shall decide, in a sentence. Readers see it above every result."
                required
                autosize
                minRows={2}
                value={question}
                onChange={(event) => setQuestion(event.currentTarget.value)}
                placeholder="Does starting from a pretrained encoder raise test Dice at the same budget?"
              />
            </Panel>
            <Panel title="2 · Data">
              <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="md">
                <NativeSelect
                  label="Dataset"
                  value={datasetId}
                  data={datasets.map((each) => ({ value: each.id, label: each.name }))}
                  onChange={(event) => setDatasetId(event.currentTarget.value)}
                />
                <NativeSelect
                  label="Label version"
                  value={version.id}
                  data={versions.map((each) => ({ value: each.id, label: `${each.number}: ${each.rule}` }))}
                  onChange={(event) => setVersionId(event.currentTarget.value)}
                />
                <NativeSelect
                  label="Split"
                  value={split?.id ?? ""}
                  data={
                    dataset.splits.length > 0
                      ? dataset.splits.map((each) => ({ value: each.id, label: each.name }))
                      : [{ value: "", label: "none: make one on the dataset’s page" }]
                  }
                  onChange={(event) => setSplitId(event.currentTarget.value)}
                />
              </SimpleGrid>
              {split && (
                <Text size="sm" c="dimmed" mt="sm" component="div">
                  train {count(split.trainItems)}, validation {count(split.validationItems)}, test{" "}
                  {count(split.testItems)} items. The best checkpoint is chosen on validation; test is scored once.{" "}
                  {!split.subjectsKnown && <SubjectsUnknown />}
                </Text>
              )}
            </Panel>
            <Panel title="3 · Base configuration" note="What all arms share, unless an arm changes it.">
              <BaseFields base={base} onChange={setBase} problems={baseProblems} />
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
                  runs={runs}
                  problems={armProblems(place)}
                  onChange={(next) => setArms(arms.map((each) => (each.key === next.key ? next : each)))}
                  onRemove={arms.length > 1 ? () => setArms(arms.filter((each) => each.key !== arm.key)) : undefined}
                />
              ))}
            </Panel>
            <Panel title="5 · Seeds and margin">
              <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
                <TextInput
                  label="Seeds"
                  required
                  description="Every arm is trained once per seed, and arms are paired by seed. Five or more give a verdict; fewer, an estimate."
                  value={seedText}
                  onChange={(event) => setSeedText(event.currentTarget.value)}
                  error={seeds ? undefined : "Write whole numbers or a range, for example 1-5"}
                />
                <NumberInput
                  label="Equivalence margin δ (mean Dice)"
                  description="The largest difference that would not matter to you. It must be fixed before the runs; without it, “equivalent” is never claimed."
                  value={margin ?? ""}
                  min={0.001}
                  max={0.5}
                  step={0.005}
                  onChange={(value) => setMargin(value === "" ? null : Number(value))}
                  placeholder="none"
                />
              </SimpleGrid>
            </Panel>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 3 }}>
          <Summary
            arms={arms}
            configurations={configurations}
            seeds={seeds}
            trainItems={split?.trainItems}
            runs={runs}
            missing={missing}
            problems={arms.flatMap((_, place) => armProblems(place)).length + baseProblems.length}
            checkError={checked.error}
            pending={checked.pending}
            busy={creating.loading}
            error={creating.error}
          />
        </Grid.Col>
      </Grid>
    </form>
  );
}
