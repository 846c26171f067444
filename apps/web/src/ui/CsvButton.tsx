"use client";
import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { saveText } from "@/lib/saveFile";

interface Props {
  readonly what: string;
  /** Where two of them stand beside each other. */
  readonly label?: string;
  /** Made when it is asked for. */
  readonly text: () => string;
  /** Without its ending. */
  readonly file: string;
}

/** A table as a file. */
export function CsvButton({ what, label, text, file }: Props) {
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconDownload size={15} aria-hidden />}
      aria-label={label ? undefined : `Save ${what} as CSV`}
      onClick={() => saveText(text(), `${file}.csv`, "text/csv")}
    >
      {label ?? "CSV"}
    </Button>
  );
}
