"use client";
import { type PointerEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import css from "../annotate.module.css";
import type { Point } from "../mask/maskImage.ts";
import type { Picture } from "./pictures.ts";
import { fitted, moved, onImage, type Size, type View, zoomed } from "./view.ts";
import { clampedWindow, type Window } from "./window.ts";
import { windowedPicture } from "./windowedPicture.ts";

export interface Layer {
  readonly canvas: OffscreenCanvas;
  /** In [0, 1]. */
  readonly opacity: number;
}

export type ToolEvent = "down" | "move" | "up";

interface Props {
  readonly picture: Picture;
  readonly label: string;
  /** Null: the whole image. */
  readonly view: View | null;
  readonly onView: (view: View) => void;
  readonly window: Window;
  readonly onWindow: (window: Window) => void;
  readonly layers?: readonly Layer[];
  /** Changes whenever the layers' pixels do. */
  readonly drawn?: number;
  /** What the left button does, in image coordinates; absent: it moves the image. */
  readonly onTool?: ((event: ToolEvent, at: Point) => void) | undefined;
  /** Drawn on top, in the frame's CSS pixels. */
  readonly decorate?: ((context: CanvasRenderingContext2D, view: View) => void) | undefined;
  readonly onFrame?: (frame: Size) => void;
  readonly children?: ReactNode;
}

type Drag = { readonly kind: "move" | "window" | "tool"; readonly x: number; readonly y: number };

/** An image with layers over it: the wheel zooms, the left button moves or draws, the middle one moves, the right one changes the window. */
export function Viewer(props: Props) {
  const { picture, label, view, onView, window, onWindow, layers = [], drawn, onTool, decorate, onFrame } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [frame, setFrame] = useState<Size>();
  const drag = useRef<Drag | null>(null);
  const told = useRef(onFrame);
  told.current = onFrame;
  const shown = frame && (view ?? fitted(picture, frame));
  const source = useMemo(() => windowedPicture(picture, window), [picture, window]);

  useEffect(() => {
    const element = canvas.current!;
    const follow = new ResizeObserver(() => {
      const size = { width: element.clientWidth, height: element.clientHeight };
      setFrame(size);
      told.current?.(size);
    });
    follow.observe(element);
    return () => follow.disconnect();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` says that the layers' pixels have changed
  useEffect(() => {
    const element = canvas.current;
    if (!element || !frame || !shown) return;
    const request = requestAnimationFrame(() => {
      const ratio = globalThis.devicePixelRatio || 1;
      const [width, height] = [Math.round(frame.width * ratio), Math.round(frame.height * ratio)];
      if (element.width !== width || element.height !== height) Object.assign(element, { width, height });
      const context = element.getContext("2d")!;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, frame.width, frame.height);
      context.translate(shown.x, shown.y);
      context.scale(shown.scale, shown.scale);
      context.imageSmoothingEnabled = shown.scale < 2; // enlarged, pixels are to be seen as they are
      context.drawImage(source, 0, 0);
      context.imageSmoothingEnabled = false;
      for (const layer of layers) {
        context.globalAlpha = layer.opacity;
        context.drawImage(layer.canvas, 0, 0);
      }
      context.globalAlpha = 1;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      decorate?.(context, shown);
    });
    return () => cancelAnimationFrame(request);
  }, [frame, shown?.x, shown?.y, shown?.scale, source, layers, drawn, decorate]);

  // React's own wheel listener is passive: it could not keep the page from scrolling
  const wheel = useRef<(event: WheelEvent) => void>(() => undefined);
  wheel.current = (event) => {
    if (!frame || !shown) return;
    event.preventDefault();
    onView(zoomed(shown, 1.0015 ** -event.deltaY, placeOf(event, canvas.current!), picture, frame));
  };
  useEffect(() => {
    const element = canvas.current!;
    const listen = (event: WheelEvent) => wheel.current(event);
    element.addEventListener("wheel", listen, { passive: false });
    return () => element.removeEventListener("wheel", listen);
  }, []);

  function down(event: PointerEvent<HTMLCanvasElement>) {
    if (!shown) return;
    canvas.current!.setPointerCapture(event.pointerId);
    const kind = event.button === 2 ? "window" : event.button === 1 || !onTool ? "move" : "tool";
    drag.current = { kind, x: event.clientX, y: event.clientY };
    if (kind === "tool") onTool!("down", onImage(shown, placeOf(event, canvas.current!)));
    if (event.button === 1) event.preventDefault();
  }
  function move(event: PointerEvent<HTMLCanvasElement>) {
    if (!shown || !frame) return;
    const at = onImage(shown, placeOf(event, canvas.current!));
    const held = drag.current;
    if (held?.kind === "tool" || (!held && onTool)) return onTool!("move", at);
    if (!held) return;
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    drag.current = { ...held, x: event.clientX, y: event.clientY };
    if (held.kind === "move") onView(moved(shown, dx, dy, picture, frame));
    else onWindow(clampedWindow({ width: window.width + dx, level: window.level + dy }));
  }
  function up(event: PointerEvent<HTMLCanvasElement>) {
    if (drag.current?.kind === "tool" && shown) onTool!("up", onImage(shown, placeOf(event, canvas.current!)));
    drag.current = null;
  }

  return (
    <div className={css.viewer}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        className={css.canvas}
        style={{ cursor: onTool ? "crosshair" : "grab" }}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
        onContextMenu={(event) => event.preventDefault()}
      />
      {props.children}
    </div>
  );
}

function placeOf(event: { clientX: number; clientY: number }, element: HTMLElement): Point {
  const box = element.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}
