"use client";
import { useMutation, useQuery } from "@apollo/client/react";
import { Autocomplete, Button, Checkbox, Group, NativeSelect, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import type { LabelStageKind } from "@/gql/graphql";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { CountsFields } from "./CountsFields.tsx";
import { type ChainDraft, classesOf, emptyCounts, emptyDraft, inputOf, type StageDraft, schemaChoices, withStage } from "./draft.ts"; // biome-ignore format: one line
import { CreateLabelChain, LabelSourcesQuery } from "./queries.ts";

const list = { href: "/label-chains", label: "Label chains" };
const kindChoices: readonly { value: LabelStageKind; label: string }[] = [
  { value: "READER", label: "reader: what a radiologist sees of the image" },
  { value: "REPORT", label: "report: what is written of what was seen" },
  { value: "NLP", label: "NLP: what is mined from the report" },
  { value: "LABEL", label: "label: what is made of it, or several steps at once" },
];

export function NewLabelChainPage() {
  const router = useRouter();
  const { data } = useQuery(LabelSourcesQuery);
  const [draft, setDraft] = useState<ChainDraft>(emptyDraft);
  const [create, { error, loading }] = useMutation(CreateLabelChain);
  const classes = classesOf(draft);
  const schemas = schemaChoices(data?.datasets.edges.map(({ node }) => node) ?? []);
  const set = (change: Partial<ChainDraft>) => setDraft((now) => ({ ...now, ...change }));
  const setStage = (key: number, change: Partial<StageDraft>) =>
    setDraft((now) => ({ ...now, stages: now.stages.map((stage) => (stage.key === key ? { ...stage, ...change } : stage)) })); // biome-ignore format: one line

  async function submit(event: FormEvent) {
    event.preventDefault();
    const done = await create({ variables: { input: inputOf(draft) } }).catch(() => null);
    if (done?.data) router.push(`/label-chains/${done.data.createLabelChain.id}`);
  }

  return (
    <Page
      title="New label chain"
      tabTitle="New label chain"
      crumbs={[list]}
      lead="A confusion matrix per step between the image and its label. Each step may have a sample of its own."
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <Panel title="Question">
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
              <TextInput
                label="Name"
                required
                maxLength={200}
                value={draft.name}
                onChange={(event) => set({ name: event.currentTarget.value })}
              />
              <Autocomplete
                label="Project"
                required
                maxLength={200}
                value={draft.project}
                onChange={(project) => set({ project })}
                data={data?.projects.map(({ name }) => name) ?? []}
              />
              <TextInput
                label="Classes"
                description="In their order, separated by commas; the same at every stage"
                required
                value={draft.classes}
                onChange={(event) => set({ classes: event.currentTarget.value })}
              />
              <TextInput
                label="Note"
                description="May be left empty"
                value={draft.note}
                onChange={(event) => set({ note: event.currentTarget.value })}
              />
              <TextInput
                label="Prevalence of each class, %"
                description="Among all images. Empty: as the first stage’s sample has it"
                placeholder="95, 5"
                value={draft.prevalence}
                onChange={(event) => set({ prevalence: event.currentTarget.value })}
              />
              <TextInput
                label="Source of the prevalence"
                description="Needed where a prevalence is given"
                required={draft.prevalence.trim() !== ""}
                value={draft.prevalenceSource}
                onChange={(event) => set({ prevalenceSource: event.currentTarget.value })}
              />
            </SimpleGrid>
          </Panel>
          {draft.stages.map((stage, at) => (
            <Panel
              key={stage.key}
              title={`Stage ${at + 1}`}
              actions={
                draft.stages.length > 1 && (
                  <Button
                    size="xs"
                    variant="default"
                    leftSection={<IconTrash size={14} aria-hidden />}
                    aria-label={`Remove stage ${at + 1}`}
                    onClick={() => set({ stages: draft.stages.filter(({ key }) => key !== stage.key) })}
                  >
                    Remove
                  </Button>
                )
              }
            >
              <Stack gap="xs">
                <NativeSelect
                  label="Step"
                  value={stage.kind}
                  data={[...kindChoices]}
                  onChange={(event) => setStage(stage.key, { kind: event.currentTarget.value as LabelStageKind })}
                />
                <CountsFields
                  of={`stage ${at + 1}`}
                  counts={stage}
                  classes={classes}
                  schemas={schemas}
                  set={(change) => setStage(stage.key, change)}
                />
              </Stack>
            </Panel>
          ))}
          <Group>
            <Button
              variant="default"
              leftSection={<IconPlus size={15} aria-hidden />}
              onClick={() => setDraft(withStage)}
              disabled={draft.stages.length >= 8}
            >
              Add a stage
            </Button>
          </Group>
          <Panel title="Direct sample">
            <Stack gap="xs">
              <Checkbox
                label="There is a sample from the image to the label at once"
                description="The composed chain is then held against it: a test of its assumption"
                checked={draft.direct !== null}
                onChange={(event) => set({ direct: event.currentTarget.checked ? emptyCounts : null })}
              />
              {draft.direct && (
                <CountsFields
                  of="the direct sample"
                  counts={draft.direct}
                  classes={classes}
                  schemas={schemas}
                  set={(change) => setDraft((now) => ({ ...now, direct: now.direct && { ...now.direct, ...change } }))}
                />
              )}
            </Stack>
          </Panel>
          {error && <ErrorPanel error={error} />}
          <Group justify="flex-end">
            <Button type="submit" loading={loading}>
              Make chain
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}
