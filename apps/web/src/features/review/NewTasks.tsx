"use client";
import { useMutation, useQuery } from "@apollo/client/react";
import { Button, Group, Modal, MultiSelect, NativeSelect, NumberInput, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { isPurpose, purposeName, purposeText } from "@/features/annotate/model";
import { schemaName } from "@/features/labels/model";
import type { ReviewItems, ReviewPurpose } from "@/gql/graphql";
import { plural } from "@/lib/format";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { itemsFor, itemsName, type Schema } from "./model.ts";
import { emptySchema, NewSchemaFields, schemaInput } from "./NewSchemaFields.tsx";
import { CreateLabelSchema, CreateReviewTasks, ReviewMembersQuery } from "./queries.ts";

interface Props {
  readonly datasetId: string;
  readonly schemas: readonly Schema[];
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onMade: () => void;
}

const other = "new";

/** Which items, for what, and for whom. */
export function NewTasks({ datasetId, schemas, opened, onClose, onMade }: Props) {
  const [chosen, setChosen] = useState("");
  const [purpose, setPurpose] = useState<ReviewPurpose>("FIRST_READ");
  const [which, setWhich] = useState<ReviewItems>();
  const [limit, setLimit] = useState<number | null>(null);
  const [assignTo, setAssignTo] = useState<string[]>([]);
  const [fields, setFields] = useState(emptySchema);
  const members = useQuery(ReviewMembersQuery, { skip: !opened });
  const [createTasks, tasks] = useMutation(CreateReviewTasks);
  const [createSchema, schema] = useMutation(CreateLabelSchema);
  const schemaId = chosen || (schemas[0]?.id ?? other);
  const items = itemsFor[purpose].find((each) => each === which) ?? itemsFor[purpose][0]!;
  const able = (members.data?.members ?? []).filter(({ role }) => role !== "VIEWER");

  async function submit(event: FormEvent) {
    event.preventDefault();
    try {
      const made =
        schemaId !== other ? null : await createSchema({ variables: { input: schemaInput(datasetId, fields) } });
      const input = { schemaId: made?.data?.createLabelSchema.id ?? schemaId, purpose, which: items, limit, assignTo };
      const { data } = await createTasks({ variables: { input } });
      const added = data!.createReviewTasks;
      notifications.show({ message: added === 0 ? "No item is new to this queue" : `${plural(added, "task")} added` });
      if (made?.data) setChosen(made.data.createLabelSchema.id);
      onMade();
      onClose();
    } catch {
      // shown below
    }
  }
  const error = schema.error ?? tasks.error;
  return (
    <Modal opened={opened} onClose={onClose} title="New tasks">
      <form onSubmit={submit}>
        <Stack gap="sm">
          {error && <ErrorPanel error={error} />}
          <NativeSelect
            label="Labels"
            value={schemaId}
            data={[
              ...schemas.map((each) => ({ value: each.id, label: schemaName(each) })),
              { value: other, label: "new classes…" },
            ]}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data-autofocus
          />
          {schemaId === other && <NewSchemaFields fields={fields} onChange={setFields} />}
          <NativeSelect
            label="For"
            description={purposeText[purpose]}
            value={purpose}
            data={Object.entries(purposeName).map(([value, label]) => ({ value, label }))}
            onChange={({ currentTarget: { value } }) => isPurpose(value) && setPurpose(value)}
          />
          <NativeSelect
            label="Of"
            value={items}
            data={itemsFor[purpose].map((value) => ({ value, label: itemsName[value] }))}
            onChange={(event) => setWhich(event.currentTarget.value as ReviewItems)}
          />
          <NumberInput
            label="At most (optional)"
            min={1}
            value={limit ?? ""}
            onChange={(value) => setLimit(typeof value === "number" ? value : null)}
          />
          <MultiSelect
            label="Readers"
            description="Each item goes to one of them, in turn. None chosen: to whoever takes it next"
            data={able.map(({ userId, name }) => ({ value: userId, label: name }))}
            value={assignTo}
            onChange={setAssignTo}
            placeholder={assignTo.length === 0 ? "whoever takes it next" : ""}
          />
          <Text size="sm" c="dimmed">
            An item that waits for the same already is not added twice.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={tasks.loading || schema.loading}>
              Add tasks
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
