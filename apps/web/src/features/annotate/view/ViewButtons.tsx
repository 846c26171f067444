"use client";
import { Button, Group } from "@mantine/core";
import type { View } from "./view.ts";

interface Props {
  readonly looking: { readonly zoom: (factor: number) => void; readonly setView: (view: View | null) => void };
}

export function ViewButtons({ looking }: Props) {
  return (
    <Group gap={4}>
      <Button size="compact-sm" variant="default" onClick={() => looking.zoom(1.25)}>
        Nearer (+)
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => looking.zoom(0.8)}>
        Farther (−)
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => looking.setView(null)}>
        Whole image (F)
      </Button>
    </Group>
  );
}
