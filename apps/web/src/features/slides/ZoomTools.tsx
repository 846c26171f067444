import { ActionIcon, Button, Group } from "@mantine/core";
import { IconMinus, IconPlus, IconZoomReset } from "@tabler/icons-react";
import { magnificationOf, magnifications, pixelsAt } from "./place.ts";
import type { SlideView } from "./view.ts";

/** A pixel of the slide is at most four of the screen. */
const finest = 0.25;

interface Props {
  readonly view: SlideView;
  /** Of the slide to one of the screen; null: nothing is shown yet. */
  readonly pixels: number | null;
  /** Of a pixel of the slide; null: not known. */
  readonly microns: number | null;
}

/** Closer, farther, all of it; and where the scale is known, as an objective would show it. */
export function ZoomTools({ view, pixels, microns }: Props) {
  const now = pixels !== null && microns !== null ? magnificationOf(pixels, microns) : null;
  return (
    <Group gap={4}>
      <ActionIcon variant="default" aria-label="Zoom in" onClick={() => view.zoom(2)}>
        <IconPlus size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon variant="default" aria-label="Zoom out" onClick={() => view.zoom(0.5)}>
        <IconMinus size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon variant="default" aria-label="Show all" onClick={view.showAll}>
        <IconZoomReset size={16} aria-hidden />
      </ActionIcon>
      {microns !== null &&
        magnifications.map((each) => (
          <Button
            key={each}
            size="compact-sm"
            variant="default"
            aria-pressed={now !== null && Math.abs(now / each - 1) < 0.02}
            aria-label={`Magnify ${each} times`}
            disabled={pixelsAt(each, microns) < finest}
            onClick={() => magnify(view, each, microns)}
          >
            {each}×
          </Button>
        ))}
    </Group>
  );
}

/** What is in the middle stays there. */
export function magnify(view: SlideView, magnification: number, microns: number): void {
  const box = view.shown();
  if (!box) return;
  const pixels = Math.max(finest, pixelsAt(magnification, microns));
  view.goTo({ x: box.x + box.width / 2, y: box.y + box.height / 2, pixels });
}
