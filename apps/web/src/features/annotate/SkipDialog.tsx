"use client";
import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";

const usual = ["cannot be read", "not sure", "no such image here", "shows no region of this kind"];

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onSkip: (reason: string) => void;
}

/** Why an item is left to others. */
export function SkipDialog({ opened, onClose, onSkip }: Props) {
  const [reason, setReason] = useState("");
  function leave(why: string) {
    onSkip(why);
    setReason("");
    onClose();
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (reason.trim() !== "") leave(reason.trim());
  }
  return (
    <Modal opened={opened} onClose={onClose} title="Skip this item" transitionProps={{ duration: 0 }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Reason"
            description="Kept with the task. You will not get this item again; somebody else may"
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
          <Group gap={6}>
            {usual.map((why) => (
              <Button key={why} size="compact-sm" variant="default" onClick={() => leave(why)}>
                {why}
              </Button>
            ))}
          </Group>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={reason.trim() === ""}>
              Skip
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
