"use client";
import { ActionIcon, Group, Modal, SegmentedControl, Slider, Text } from "@mantine/core";
import { IconMinus, IconPlus, IconZoomReset } from "@tabler/icons-react";
import { useId, useRef, useState } from "react";
import { type SlideResult, scaleBar, slideText } from "./model.ts";
import { type Overlay, SlideOverlay } from "./SlideOverlay.tsx";
import classes from "./SlideViewer.module.css";
import { useSlideViewer } from "./useSlideViewer.ts";

/** A slide at any scale, with its tissue or tiles over it. */
export function SlideViewer({ result, onClose }: { readonly result: SlideResult; readonly onClose: () => void }) {
  const { slide, fileUrl } = result;
  const [host, setHost] = useState<HTMLDivElement | null>(null);
  const layer = useRef<SVGSVGElement>(null);
  const navigatorId = useId();
  const [overlay, setOverlay] = useState<Overlay>(fileUrl ? "tiles" : "none");
  const [opacity, setOpacity] = useState(50);
  const { pixels, failed, zoom, showAll } = useSlideViewer(slide, { host, layer, navigatorId });
  const microns = slide.slide?.micronsX ?? null;
  const bar = pixels !== null && microns !== null ? scaleBar(pixels * microns) : null;
  return (
    <Modal
      opened
      fullScreen
      onClose={onClose}
      title={slide.name}
      closeButtonProps={{ "aria-label": "Close the viewer" }}
    >
      <Group gap="md" mb="xs">
        <Group gap={4}>
          <ActionIcon variant="default" aria-label="Zoom in" onClick={() => zoom(2)}>
            <IconPlus size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="default" aria-label="Zoom out" onClick={() => zoom(0.5)}>
            <IconMinus size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="default" aria-label="Show all" onClick={showAll}>
            <IconZoomReset size={16} aria-hidden />
          </ActionIcon>
        </Group>
        {fileUrl && (
          <>
            <SegmentedControl
              size="xs"
              aria-label="What is drawn over the slide"
              value={overlay}
              onChange={(value) => setOverlay(value as Overlay)}
              data={["tiles", "tissue", { value: "none", label: "neither" }]}
            />
            <Group gap="xs" wrap="nowrap">
              <Text size="xs">Opacity</Text>
              <Slider
                w={120}
                size="sm"
                value={opacity}
                onChange={setOpacity}
                label={(value) => `${value} %`}
                thumbLabel="Opacity of what is drawn over the slide, percent"
                disabled={overlay === "none"}
              />
            </Group>
          </>
        )}
        <Text size="xs" c="dimmed">
          {slideText(slide)}
        </Text>
      </Group>
      {failed && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          Some parts of the slide could not be read. Close the viewer and open it again.
        </Text>
      )}
      <div className={classes.frame}>
        <div ref={setHost} className={classes.fill} />
        <svg ref={layer} className={classes.layer} preserveAspectRatio="none" aria-hidden>
          {pixels !== null && <SlideOverlay result={result} overlay={overlay} opacity={opacity / 100} />}
        </svg>
        <div id={navigatorId} className={classes.navigator} />
        {pixels !== null && (
          <div className={classes.scale}>
            {bar && <div className={classes.bar} style={{ width: bar.pixels }} />}
            {bar?.text ?? "no scale"}
          </div>
        )}
      </div>
    </Modal>
  );
}
