"use client";
import { Autocomplete, NativeSelect, NumberInput, SimpleGrid, Text, Textarea, TextInput } from "@mantine/core";
import { count } from "@/lib/format";
import { Panel } from "@/ui/Panel";
import { SubjectsUnknown } from "@/ui/Stamp";
import type { Head } from "./useHead.ts";

interface QuestionProps {
  readonly head: Head;
  readonly placeholder: string;
  /** Why the name was refused. */
  readonly nameProblem?: string;
}

/** Name, project and question. */
export function QuestionPanel({ head, placeholder, nameProblem }: QuestionProps) {
  const { name, setName, project, setProject, projects, question, setQuestion } = head;
  return (
    <Panel title="1 · Question">
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
        <TextInput
          label="Name"
          required
          maxLength={200}
          value={name}
          error={nameProblem}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Autocomplete label="Project" required value={project} onChange={setProject} data={projects} />
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
        placeholder={placeholder}
      />
    </Panel>
  );
}

/** Dataset, label version and split. */
export function DataPanel({ head, withSplit = true }: { readonly head: Head; readonly withSplit?: boolean }) {
  const { datasets, dataset, setDatasetId, versions, version, setVersionId, split, setSplitId } = head;
  return (
    <Panel title="2 · Data">
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="md">
        <NativeSelect
          label="Dataset"
          value={dataset.id}
          data={datasets.map((each) => ({ value: each.id, label: each.name }))}
          onChange={(event) => setDatasetId(event.currentTarget.value)}
        />
        <NativeSelect
          label="Label version"
          value={version.id}
          data={versions.map((each) => ({ value: each.id, label: `${each.number}: ${each.rule}` }))}
          onChange={(event) => setVersionId(event.currentTarget.value)}
        />
        {withSplit && (
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
        )}
      </SimpleGrid>
      {withSplit && split && (
        <Text size="sm" c="dimmed" mt="sm" component="div">
          train {count(split.trainItems)}, validation {count(split.validationItems)}, test {count(split.testItems)}{" "}
          items. The best checkpoint is chosen on validation; test is scored once.{" "}
          {!split.subjectsKnown && <SubjectsUnknown />}
        </Text>
      )}
    </Panel>
  );
}

export function SeedsPanel({ head, title }: { readonly head: Head; readonly title: string }) {
  const { seedText, setSeedText, seeds } = head;
  return (
    <Panel title={title}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
        <TextInput
          label="Seeds"
          required
          description="Every arm is trained once per seed, and arms are paired by seed. Five or more give a verdict; fewer, an estimate."
          value={seedText}
          onChange={(event) => setSeedText(event.currentTarget.value)}
          error={seeds ? undefined : "Write whole numbers or a range, for example 1-5"}
        />
        <MarginInput head={head} />
      </SimpleGrid>
    </Panel>
  );
}

export function MarginInput({ head }: { readonly head: Head }) {
  const { margin, setMargin } = head;
  return (
    <NumberInput
      label={`Equivalence margin δ (${head.version.schema.task === "CLASSIFICATION" ? "AUC" : "mean Dice"})`}
      description="The largest difference that would not matter to you. It must be fixed before the runs; without it, “equivalent” is never claimed."
      value={margin ?? ""}
      min={0.001}
      max={0.5}
      step={0.005}
      onChange={(value) => setMargin(value === "" ? null : Number(value))}
      placeholder="none"
    />
  );
}
