"use client";
import { NativeSelect } from "@mantine/core";
import { Panel } from "@/ui/Panel";

interface Props {
  readonly versions: readonly { readonly id: string; readonly number: number; readonly rule: string }[];
  readonly value: string | null;
  /** The arms learn from different labels: one version must be chosen. */
  readonly mustChoose: boolean;
  readonly onChange: (id: string) => void;
}

export function ScoredOnPanel({ versions, value, mustChoose, onChange }: Props) {
  const none = mustChoose ? "choose one: the arms learn from different labels" : "the one that is learned from";
  return (
    <Panel
      title="Scored on"
      note="Noisy labels may be learned from; the test fold of every arm is scored on one version."
    >
      <NativeSelect
        maw={420}
        aria-label="Label version that every arm is scored on"
        value={value ?? ""}
        data={[
          { value: "", label: none },
          ...versions.map(({ id, number, rule }) => ({ value: id, label: `label version ${number}: ${rule}` })),
        ]}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </Panel>
  );
}
