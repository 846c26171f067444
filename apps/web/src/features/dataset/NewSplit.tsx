"use client";
import { useMutation, useQuery } from "@apollo/client/react";
import { Button, Checkbox, Group, Modal, NumberInput, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { HashingQuery } from "@/features/duplicates/queries";
import { graphql } from "@/gql";
import { ErrorPanel } from "@/ui/ErrorPanel";

const CreateSplit = graphql(`
  mutation CreateSplit($input: CreateSplitInput!) { createSplit(input: $input) { id } }
`);

interface Props {
  readonly datasetId: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function NewSplit({ datasetId, opened, onClose }: Props) {
  const [name, setName] = useState("");
  const [train, setTrain] = useState(70);
  const [validation, setValidation] = useState(10);
  const [seed, setSeed] = useState(1);
  const [create, { error, loading, reset }] = useMutation(CreateSplit, { refetchQueries: ["Dataset"] });
  const [together, setTogether] = useState(true);
  const hashing = useQuery(HashingQuery, { variables: { id: datasetId }, skip: !opened, fetchPolicy: "network-only" });
  const { items = 0, hashed = 0 } = hashing.data?.dataset?.hashing ?? {};
  const canGroup = items > 0 && hashed === items;
  const test = 100 - train - validation;

  async function submit(event: FormEvent) {
    event.preventDefault();
    const input = {
      datasetId,
      name: name.trim(),
      rule: "BY_SUBJECT" as const,
      trainShare: train / 100,
      validationShare: validation / 100,
      seed,
      keepDuplicatesTogether: together && canGroup,
    };
    const done = await create({ variables: { input } }).catch(() => null);
    if (done?.data) close();
  }
  function close() {
    reset();
    onClose();
  }

  return (
    <Modal opened={opened} onClose={close} title="New split by subject">
      <form onSubmit={submit}>
        <Stack gap="sm">
          {error && <ErrorPanel error={error} />}
          <TextInput
            label="Name"
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Group grow align="flex-start">
            <NumberInput
              label="Train, %"
              min={1}
              max={98}
              value={train}
              onChange={(value) => setTrain(Number(value))}
            />
            <NumberInput
              label="Validation, %"
              min={0}
              max={98}
              value={validation}
              onChange={(value) => setValidation(Number(value))}
            />
            <NumberInput label="Seed" min={0} value={seed} onChange={(value) => setSeed(Number(value))} />
          </Group>
          <Checkbox
            label="Keep near-duplicate pictures in one fold"
            description={
              canGroup
                ? "As the items of a subject: no fold then tells another about its pictures."
                : `Possible once every item is hashed: ${hashed} of ${items} are.`
            }
            checked={together && canGroup}
            disabled={!canGroup}
            onChange={(event) => setTogether(event.currentTarget.checked)}
          />
          <Text size="sm" c={test <= 0 ? "var(--mantine-color-error)" : "dimmed"}>
            {test > 0
              ? `${test} % are left for test. All items of a subject go to one fold; the split cannot be changed afterwards.`
              : "Nothing is left for test. Lower train or validation."}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={loading} disabled={test <= 0}>
              Make split
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
