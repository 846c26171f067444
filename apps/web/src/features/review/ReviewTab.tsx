"use client";
import { useQuery } from "@apollo/client/react";
import { Button, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { isActive } from "@/features/labels/model";
import { useViewer } from "@/features/shell/viewer";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { NewTasks } from "./NewTasks.tsx";
import { QueueRow } from "./QueueRow.tsx";
import { ReviewQuery } from "./queries.ts";
import { ReviewEvents } from "./ReviewEvents.tsx";
import { ReviewTasks } from "./ReviewTasks.tsx";

/** While a version is being made, and else, ms. */
const [busyMs, idleMs] = [1_000, 10_000];

/** Who is to look at what: first reads, blind second reads, adjudications, and labels that may be wrong. */
export function ReviewTab({ datasetId }: { readonly datasetId: string }) {
  const [busy, setBusy] = useState(false);
  const query = useQuery(ReviewQuery, { variables: { id: datasetId }, pollInterval: busy ? busyMs : idleMs });
  const making = query.data?.dataset?.labelJobs.some(isActive) ?? false;
  useEffect(() => setBusy(making), [making]);
  const { mayResearch } = useViewer();
  const [opened, form] = useDisclosure(false);
  return (
    <Loaded query={query}>
      {({ dataset }) =>
        dataset && (
          <Stack gap="md">
            <Panel
              title="Review queue"
              note="Every opinion is kept with who gave it and when; a correction is a new one. Of a blind second read the other opinions are withheld by the api until it is saved."
              actions={
                mayResearch &&
                dataset.itemCount > 0 &&
                dataset.itemKind === "IMAGE" && (
                  <Button size="xs" leftSection={<IconPlus size={15} aria-hidden />} onClick={form.open}>
                    New tasks
                  </Button>
                )
              }
            >
              {dataset.reviewQueues.length === 0 ? (
                <Empty title="Nothing is waiting to be read">
                  {dataset.itemKind === "IMAGE"
                    ? "A researcher puts items into the queue: all, those without an opinion, or those on which readers differ. Annotators then take them one by one."
                    : "Bags of tiles cannot be shown as pictures, so they cannot be annotated here."}
                </Empty>
              ) : (
                <Stack gap="lg">
                  {dataset.reviewQueues.map((queue) => (
                    <QueueRow
                      key={`${queue.schema.id} ${queue.purpose}`}
                      dataset={dataset}
                      queue={queue}
                      onChanged={() => void query.refetch()}
                    />
                  ))}
                </Stack>
              )}
            </Panel>
            {dataset.reviewQueues.length > 0 && (
              <>
                <ReviewTasks datasetId={dataset.id} onChanged={() => void query.refetch()} />
                <ReviewEvents datasetId={dataset.id} />
              </>
            )}
            <NewTasks
              datasetId={dataset.id}
              schemas={dataset.labelSchemas}
              opened={opened}
              onClose={form.close}
              onMade={() => void query.refetch()}
            />
          </Stack>
        )
      }
    </Loaded>
  );
}
