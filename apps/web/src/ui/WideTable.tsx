"use client";
import { Table, type TableProps } from "@mantine/core";
import { ScrollFrame } from "./ScrollFrame.tsx";

interface Props extends TableProps {
  /** What the table lists, for those who reach it by keyboard where it must be scrolled. */
  readonly label: string;
}

/** A table that scrolls sideways inside its own frame where the screen is narrower. */
export function WideTable({ label, children, ...table }: Props) {
  return (
    <ScrollFrame label={label}>
      <Table {...table}>{children}</Table>
    </ScrollFrame>
  );
}
