"use client";
import { Group, Text } from "@mantine/core";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { scaleBar } from "./model.ts";
import { magnificationOf } from "./place.ts";
import classes from "./SlideViewer.module.css";
import { useSlideViewer } from "./useSlideViewer.ts";
import type { SlideView } from "./view.ts";
import { ZoomTools } from "./ZoomTools.tsx";

interface Props extends Pick<Parameters<typeof useSlideViewer>[1], "start" | "onRest" | "onKey"> {
  readonly slide: Parameters<typeof useSlideViewer>[0];
  /** Of a pixel of the slide; null: not known. */
  readonly microns: number | null;
  /** Told once there is one. */
  readonly onView: (view: SlideView, frame: HTMLElement) => void;
  /** Beside the buttons of the zoom. */
  readonly tools?: ReactNode;
  /** In an SVG over the slide, in its pixels. */
  readonly shapes?: ReactNode;
  /** Over the slide, in pixels of the screen; below the shapes. */
  readonly layers?: ReactNode;
  /** Words over the picture. */
  readonly caption?: ReactNode;
}

/** A slide at any scale, and what is drawn over it. */
export function SlideViewer({ slide, microns, onView, tools, shapes, layers, caption, ...options }: Props) {
  const [host, setHost] = useState<HTMLDivElement | null>(null);
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const navigatorId = useId();
  const { view, pixels, failed } = useSlideViewer(slide, { host, navigatorId, ...options });
  useEffect(() => {
    if (frame) onView(view, frame);
  }, [view, frame, onView]);
  useEffect(
    () =>
      view.follow(({ x, y, width, height }) => svg.current?.setAttribute("viewBox", [x, y, width, height].join(" "))),
    [view],
  );
  const bar = pixels !== null && microns !== null ? scaleBar(pixels * microns) : null;
  return (
    <div className={classes.viewer}>
      <Group gap="md" className={classes.tools}>
        <ZoomTools view={view} pixels={pixels} microns={microns} />
        {tools}
      </Group>
      {failed && (
        <Text size="sm" px="sm" c="var(--mantine-color-error)" role="alert">
          Some parts of the slide could not be read. Load the page again.
        </Text>
      )}
      <div ref={setFrame} className={classes.frame}>
        <div ref={setHost} className={classes.fill} />
        {layers}
        <svg ref={svg} className={classes.layer} preserveAspectRatio="none" aria-hidden>
          {pixels !== null && shapes}
        </svg>
        {caption}
        {/* OpenSeadragon takes the inner one away; React must find the outer one where it put it, to insert the caption before it. */}
        <div>
          <div id={navigatorId} className={classes.navigator} />
        </div>
        {pixels === null && !failed && (
          <Text size="sm" className={classes.waiting} role="status">
            Opening the slide…
          </Text>
        )}
        {pixels !== null && (
          <div className={classes.scale}>
            {bar && <div className={classes.bar} style={{ width: bar.pixels }} />}
            {bar?.text ?? "no scale"}
            {microns !== null && ` · ${Number(magnificationOf(pixels, microns).toPrecision(2))}×`}
          </div>
        )}
      </div>
    </div>
  );
}
