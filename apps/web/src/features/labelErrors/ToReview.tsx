"use client";
import { useMutation } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconListCheck } from "@tabler/icons-react";
import { CreateReviewTasks } from "@/features/review/queries";
import { useViewer } from "@/features/shell/viewer";
import { plural } from "@/lib/format";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { type Errors, reviewItems } from "./model.ts";

/** The suspects that are shown become tasks of the review queue: somebody confirms or corrects each label. */
export function ToReview({ errors }: { readonly errors: Errors }) {
  const { mayResearch } = useViewer();
  const [create, creating] = useMutation(CreateReviewTasks);
  const items = reviewItems(errors);
  if (!mayResearch || items.length === 0) return null;

  async function send() {
    const input = {
      schemaId: errors.labelVersion.schema.id,
      purpose: "REVIEW" as const,
      which: "GIVEN" as const,
      items,
    };
    const done = await create({ variables: { input } }).catch(() => null);
    if (!done?.data) return;
    const added = done.data.createReviewTasks;
    notifications.show({
      message:
        added === 0 ? "All of them wait for review already" : `${plural(added, "task")} added to the review queue`,
    });
  }
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconListCheck size={15} aria-hidden />}
        loading={creating.loading}
        onClick={() => void send()}
      >
        Send the {plural(items.length, "item")} shown to review
      </Button>
      {creating.error && <ErrorPanel error={creating.error} />}
    </>
  );
}
