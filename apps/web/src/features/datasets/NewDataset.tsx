"use client";
import { useMutation, useQuery } from "@apollo/client/react";
import { Autocomplete, Button, Group, Modal, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { graphql } from "@/gql";
import type { Modality } from "@/gql/graphql";
import { modalityName } from "@/lib/words";
import { ErrorPanel } from "@/ui/ErrorPanel";

export const ProjectsQuery = graphql(`
  query Projects { projects { id name } }
`);

const CreateDataset = graphql(`
  mutation CreateDataset($input: CreateDatasetInput!) { createDataset(input: $input) { id } }
`);

const modalities = Object.entries(modalityName).map(([value, label]) => ({ value, label }));

export function NewDataset({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const router = useRouter();
  const { data } = useQuery(ProjectsQuery, { skip: !opened });
  const [project, setProject] = useState("");
  const [create, { error, loading }] = useMutation(CreateDataset, { refetchQueries: ["Datasets"] });

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const input = {
      projectName: project.trim(),
      name: String(form.get("name")).trim(),
      modality: form.get("modality") as Modality,
    };
    const { data: made } = await create({ variables: { input } }).catch(() => ({ data: null }));
    if (made) router.push(`/datasets/${made.createDataset.id}?tab=imports`);
  }

  return (
    <Modal opened={opened} onClose={onClose} title="New dataset">
      <form onSubmit={submit}>
        <Stack gap="sm">
          {error && <ErrorPanel error={error} />}
          <TextInput name="name" label="Name" required maxLength={200} data-autofocus placeholder="Kvasir-SEG" />
          <Autocomplete
            label="Project"
            description="A folder of datasets and experiments. A new name makes a new project."
            required
            value={project}
            onChange={setProject}
            data={data?.projects.map((each) => each.name) ?? []}
            maxLength={200}
          />
          <NativeSelect name="modality" label="Modality" data={modalities} />
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={loading}>
              Make dataset
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
