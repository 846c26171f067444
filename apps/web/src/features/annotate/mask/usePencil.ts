"use client";
import { useRef, useState } from "react";
import type { ToolEvent } from "../view/Viewer.tsx";
import type { View } from "../view/view.ts";
import { stroke } from "./brush.ts";
import type { MaskDrawing } from "./drawing.ts";
import type { Paint, Point } from "./maskImage.ts";
import { polygon } from "./polygon.ts";
import { fill, type GreyImage, regionGrow, threshold } from "./regionGrow.ts";
import type { ToolSettings } from "./tools.ts";

interface Given {
  readonly drawing: MaskDrawing | null;
  readonly settings: ToolSettings;
  readonly grey: GreyImage | undefined;
  /** After every change; true at the end of a step. */
  readonly onChange: (step: boolean) => void;
}

/** A drag that left more points than this was drawn around an area, and is closed when it ends. */
const lassoPoints = 8;

/** What the tools do to the drawing, whether they are moved by a pointer or by keys. */
export function usePencil({ drawing, settings, grey, onChange }: Given) {
  const [cursor, setCursor] = useState<Point | null>(null);
  const [points, setPoints] = useState<readonly Point[]>([]);
  /** Held down by a key. */
  const [penDown, setPenDown] = useState(false);
  const last = useRef<Point | null>(null);
  const dragged = useRef(0);
  const { tool, radius, tolerance, range, classIndex, protect } = settings;
  const drawsArea = tool === "polygon" || tool === "threshold";

  const value = tool === "eraser" ? 0 : classIndex + 1;
  const how: Paint = { value, only: !protect ? null : tool === "eraser" ? classIndex + 1 : 0 };

  function brushTo(at: Point) {
    if (!drawing) return;
    const { width, height } = drawing.mask;
    const { reached, box } = stroke(last.current ?? at, at, radius, width, height);
    drawing.paint(reached, how, box);
    last.current = at;
    onChange(false);
  }
  function lift() {
    if (last.current === null) return;
    last.current = null;
    setPenDown(false);
    if (drawing?.end()) onChange(true);
  }
  function at(point: Point) {
    if (!drawing) return;
    if (tool === "grow" && grey) drawing.paint(regionGrow(grey, point, tolerance), how);
    else if (tool === "fill") drawing.paint(fill(drawing.mask, point), { ...how, only: null });
    if (drawing.end()) onChange(true);
  }
  function close(corners: readonly Point[]) {
    setPoints([]);
    if (!drawing || corners.length < 3) return;
    const { width, height } = drawing.mask;
    const { reached, box } = polygon(corners, width, height);
    if (tool === "polygon") drawing.paint(reached, how, box);
    else if (grey) drawing.paint(threshold(grey, reached, range[0], range[1]), how, box);
    if (drawing.end()) onChange(true);
  }

  return {
    cursor,
    points,
    penDown,
    isDrawing: points.length > 0,
    close: () => close(points),
    cancel() {
      setPoints([]);
      lift();
    },
    onTool(event: ToolEvent, point: Point) {
      setCursor(point);
      if (tool === "brush" || tool === "eraser") {
        if (event === "down") last.current = null;
        if (event === "down" || (event === "move" && last.current !== null && !penDown)) brushTo(point);
        if (event === "up") lift();
        return;
      }
      if (event === "down") {
        dragged.current = 1;
        if (drawsArea) setPoints((before) => [...before, point]);
        else at(point);
      } else if (event === "move" && dragged.current > 0 && drawsArea) {
        dragged.current++;
        setPoints((before) => [...before, point]);
      } else if (event === "up") {
        if (drawsArea && dragged.current > lassoPoints) close(points);
        dragged.current = 0;
      }
    },
    /** The crosshair by so many pixels; what it is over is drawn where the pen is down. @returns where it is then */
    step(dx: number, dy: number): Point | null {
      if (!drawing) return null;
      const { width, height } = drawing.mask;
      const from = cursor ?? { x: Math.floor(width / 2) + 0.5, y: Math.floor(height / 2) + 0.5 };
      const inside = (place: number, size: number) => Math.min(size - 0.5, Math.max(0.5, Math.floor(place) + 0.5));
      const to = { x: inside(from.x + dx, width), y: inside(from.y + dy, height) };
      setCursor(to);
      if (penDown) brushTo(to);
      return to;
    },
    /** What a click would do where the crosshair is; the brush is put down, or lifted. */
    press() {
      if (!cursor) return;
      if (tool === "brush" || tool === "eraser") {
        if (penDown) return lift();
        setPenDown(true);
        brushTo(cursor);
      } else if (drawsArea) setPoints((before) => [...before, cursor]);
      else at(cursor);
    },
    /** Drawn over the image, in the frame's pixels. */
    decorate(context: CanvasRenderingContext2D, view: View) {
      const place = ({ x, y }: Point): [number, number] => [x * view.scale + view.x, y * view.scale + view.y];
      const twice = (draw: () => void) => {
        for (const [color, width] of [["#000", 3], ["#fff", 1.25]] as const) {
          context.strokeStyle = color;
          context.lineWidth = width;
          draw();
        }
      }; // biome-ignore format: short
      if (points.length > 0) {
        twice(() => {
          context.beginPath();
          for (const point of points) context.lineTo(...place(point));
          if (cursor) context.lineTo(...place(cursor));
          context.stroke();
        });
      }
      if (!cursor || tool === "move") return;
      const [x, y] = place(cursor);
      twice(() => {
        context.beginPath();
        if (tool === "brush" || tool === "eraser")
          context.arc(x, y, Math.max(1.5, radius * view.scale), 0, 2 * Math.PI);
        else {
          context.moveTo(x - 8, y);
          context.lineTo(x + 8, y);
          context.moveTo(x, y - 8);
          context.lineTo(x, y + 8);
        }
        context.stroke();
      });
    },
  };
}
