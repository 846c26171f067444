"use client";
import { Box } from "@mantine/core";
import { ErrorPanel } from "@/ui/ErrorPanel";

/** A bug in a screen: the frame stays, and the person can try again. */
export default function ScreenError({ error, reset }: { readonly error: Error; readonly reset: () => void }) {
  return (
    <Box p="lg" maw={720}>
      <ErrorPanel error={error} retry={reset} />
    </Box>
  );
}
