"use client";
import { Tooltip } from "@mantine/core";
import { ago, dateTime } from "@/lib/format";
import { useNow } from "@/lib/useNow";

/** "3 min ago", with the date on hover. */
export function When({ iso }: { readonly iso: string }) {
  const now = useNow(30_000);
  return (
    <Tooltip label={dateTime(iso)}>
      <time dateTime={iso} style={{ whiteSpace: "nowrap" }}>
        {ago(iso, now)}
      </time>
    </Tooltip>
  );
}
