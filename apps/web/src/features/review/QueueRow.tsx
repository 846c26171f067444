"use client";
import { useMutation } from "@apollo/client/react";
import { Anchor, Button, Group, Progress, Table, Text } from "@mantine/core";
import Link from "next/link";
import { annotatePath, purposeName } from "@/features/annotate/model";
import { schemaName } from "@/features/labels/model";
import { useViewer } from "@/features/shell/viewer";
import { count } from "@/lib/format";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { WideTable } from "@/ui/WideTable";
import { agreedVersion, type Queue, type Review, verb } from "./model.ts";
import { MakeAgreedVersion } from "./queries.ts";

interface Props {
  readonly dataset: Review;
  readonly queue: Queue;
  readonly onChanged: () => void;
}

/** One purpose of one label schema: how far it is, who has done what, and the way in. */
export function QueueRow({ dataset, queue, onChanged }: Props) {
  const { mayAnnotate, mayResearch } = useViewer();
  const [make, { error, loading, data }] = useMutation(MakeAgreedVersion);
  const { schema, purpose, open, checking, done, skipped, reviewers } = queue;
  const total = open + checking + done + skipped;
  const agreed = agreedVersion(schema.id, dataset);
  const job = dataset.labelJobs.find(({ id }) => id === data?.createLabelVersion.id);
  async function onMake() {
    const input = {
      datasetId: dataset.id,
      schemaId: schema.id,
      fromVersionId: agreed!.fromVersionId,
      rule: agreed!.rule,
    };
    await make({ variables: { input } }).catch(() => undefined);
    onChanged();
  }
  return (
    <section aria-label={`${purposeName[purpose]} · ${schemaName(schema)}`}>
      <Group justify="space-between" gap="sm" mb={6}>
        <Text fw={600} component="h3" m={0}>
          {purposeName[purpose]} · {schemaName(schema)}
        </Text>
        <Group gap="xs">
          {mayResearch && agreed && (
            <Button size="compact-sm" variant="default" loading={loading} onClick={() => void onMake()}>
              {agreed.label}
            </Button>
          )}
          {mayAnnotate && (
            <Button size="compact-sm" component={Link} href={annotatePath(dataset.id, schema.id, purpose)}>
              {verb(purpose, schema)}
            </Button>
          )}
        </Group>
      </Group>
      <Progress.Root size={10} aria-hidden>
        <Progress.Section value={(100 * (done + checking)) / total} color="petrol" />
        <Progress.Section value={(100 * skipped) / total} color="gray" />
      </Progress.Root>
      <Text size="sm" c="dimmed" mt={4}>
        {count(done)} of {count(total)} done, {count(open)} open
        {checking > 0 ? `, ${count(checking)} being checked` : ""}
        {skipped > 0 ? `, ${count(skipped)} skipped` : ""}
      </Text>
      {error && <ErrorPanel error={error} />}
      {job && (
        <Text size="sm" role="status">
          {job.labelVersion ? (
            <Anchor component={Link} href={`/datasets/${dataset.id}?tab=labels`} size="sm">
              Version {job.labelVersion.number} is made
            </Anchor>
          ) : job.error ? (
            `The version could not be made: ${job.error}`
          ) : (
            "A worker makes the version…"
          )}
        </Text>
      )}
      {reviewers.length > 0 && (
        <WideTable label={`Readers of ${purposeName[purpose]}`} mt={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Reader</Table.Th>
              <Table.Th className="number">Done</Table.Th>
              <Table.Th className="number">Open</Table.Th>
              <Table.Th className="number">Skipped</Table.Th>
              <Table.Th className="number">Last hour</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {reviewers.map((reader) => (
              <Table.Tr key={reader.userId}>
                <Table.Td>{reader.name}</Table.Td>
                <Table.Td className="number">{count(reader.done)}</Table.Td>
                <Table.Td className="number">{count(reader.open)}</Table.Td>
                <Table.Td className="number">{count(reader.skipped)}</Table.Td>
                <Table.Td className="number">{count(reader.lastHour)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </WideTable>
      )}
    </section>
  );
}
