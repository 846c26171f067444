"use client";
import { useMutation } from "@apollo/client/react";
import { Button, Group, NumberInput } from "@mantine/core";
import { useState } from "react";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Panel } from "@/ui/Panel";
import { AskBagMemory } from "./queries.ts";

interface Props {
  readonly runId: string;
  readonly onAsked: (inspectionId: string) => unknown;
}

const gigabyte = 1e9;

/** How large a bag to plan for, and into how much memory. */
export function AskBagMemoryPanel({ runId, onAsked }: Props) {
  const [largest, setLargest] = useState<number | string>(16_384);
  const [memory, setMemory] = useState<number | string>("");
  const [ask, asking] = useMutation(AskBagMemory);
  const start = async () => {
    const input = { runId, largest: Number(largest), ...(memory !== "" && { memoryBytes: Number(memory) * gigabyte }) };
    const answer = await ask({ variables: { input } }).catch(() => null);
    if (answer?.data) onAsked(answer.data.inspectBagMemory.id);
  };
  return (
    <Panel
      title="Plan"
      note="A worker plans this run’s step for bags of doubling size, and then trains on random bags of those that fit, to measure."
    >
      <Group gap="md" align="flex-end">
        <NumberInput
          label="Largest bag, tiles"
          size="xs"
          w={150}
          min={64}
          max={131_072}
          value={largest}
          onChange={setLargest}
        />
        <NumberInput
          label="Memory, GB"
          description="Empty: what the worker has free"
          size="xs"
          w={200}
          min={0.3}
          max={4000}
          decimalScale={1}
          value={memory}
          onChange={setMemory}
        />
        <Button size="xs" onClick={start} loading={asking.loading}>
          Plan bags
        </Button>
      </Group>
      {asking.error && <ErrorPanel error={asking.error} />}
    </Panel>
  );
}
