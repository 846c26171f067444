"use client";
import { Button, Group } from "@mantine/core";
import { ErrorPanel } from "@/ui/ErrorPanel";

interface Props {
  readonly error: unknown;
  /** What was not saved; null: nothing is lost. */
  readonly itemName: string | null;
  readonly onBack: () => void;
  readonly onForget: () => void;
}

/** What was not saved, and the way back to it. */
export function SaveFailed({ error, itemName, onBack, onForget }: Props) {
  return (
    <div>
      <ErrorPanel error={error} />
      <Group gap="xs" mt={6}>
        {itemName !== null && (
          <Button size="compact-sm" onClick={onBack}>
            Back to {itemName}
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={onForget}>
          Leave it
        </Button>
      </Group>
    </div>
  );
}
