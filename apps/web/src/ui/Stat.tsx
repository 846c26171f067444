import { Text } from "@mantine/core";
import type { ReactNode } from "react";

/** A value under its label. */
export function Stat({
  label,
  children,
  note,
}: {
  readonly label: string;
  readonly children: ReactNode;
  readonly note?: ReactNode;
}) {
  return (
    <div style={{ minWidth: 0 }}>
      <div className="label">{label}</div>
      <div style={{ overflowWrap: "anywhere" }}>{children}</div>
      {note && (
        <Text size="xs" c="dimmed" component="div">
          {note}
        </Text>
      )}
    </div>
  );
}
