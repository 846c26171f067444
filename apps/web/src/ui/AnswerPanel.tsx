import { Box, List, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Panel } from "./Panel.tsx";

interface Props {
  readonly isOver: boolean;
  /** What the answer rests on. */
  readonly basis: string;
  readonly answer: string;
  /** A sentence each. */
  readonly notes: readonly string[];
  /** Between the answer and the notes: what limits it. */
  readonly children?: ReactNode;
}

/** What a board says in a sentence, and what to know when reading it. */
export function AnswerPanel({ isOver, basis, answer, notes, children }: Props) {
  return (
    <Panel title={isOver ? "Answer" : "Answer so far"} note={basis}>
      <Box style={{ borderLeft: "3px solid var(--mantine-color-petrol-6)", paddingLeft: 14 }}>
        <Text fz="lg" fw={600} lh={1.35} style={{ overflowWrap: "anywhere" }}>
          {answer}
        </Text>
      </Box>
      {children}
      {notes.length > 0 && (
        <List size="sm" c="dimmed" mt="sm" aria-label="What to know when reading this">
          {notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      )}
    </Panel>
  );
}
