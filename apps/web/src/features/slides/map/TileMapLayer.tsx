import { useEffect, useRef } from "react";
import classes from "../SlideViewer.module.css";
import type { SlideView } from "../view.ts";
import { paintTiles, pictureScale, type TilePainting } from "./drawTiles.ts";

interface Props {
  readonly view: SlideView;
  readonly slide: { readonly width: number; readonly height: number };
  readonly painting: TilePainting;
  /** 0 to 1. */
  readonly opacity: number;
}

/** The map's tiles on one canvas that follows the viewer. */
export function TileMapLayer({ view, slide: { width, height }, painting, opacity }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    const picture = pictureOf(painting, { width, height });
    return view.follow((box) => {
      const ratio = window.devicePixelRatio || 1;
      const size = { width: Math.round(element.clientWidth * ratio), height: Math.round(element.clientHeight * ratio) };
      if (element.width !== size.width) element.width = size.width;
      if (element.height !== size.height) element.height = size.height;
      context.clearRect(0, 0, size.width, size.height);
      const scale = size.width / box.width;
      if (picture && scale * picture.scale <= 1) {
        const [x, y] = [-box.x * scale, -box.y * scale];
        context.drawImage(
          picture.canvas,
          x,
          y,
          picture.canvas.width * picture.scale * scale,
          picture.canvas.height * picture.scale * scale,
        );
      } else paintTiles(context, painting, box, size);
    });
  }, [view, painting, width, height]);
  return <canvas ref={canvas} className={classes.layer} style={{ opacity }} data-tile-map aria-hidden />;
}

/** All tiles, painted once; null where they are few. */
function pictureOf(painting: TilePainting, slide: Props["slide"]) {
  const scale = pictureScale(slide, painting.order.length);
  if (scale === null) return null;
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(slide.width / scale);
  canvas.height = Math.ceil(slide.height / scale);
  const context = canvas.getContext("2d");
  if (!context) return null;
  const box = { x: 0, y: 0, width: canvas.width * scale, height: canvas.height * scale };
  paintTiles(context, painting, box, canvas);
  return { canvas, scale };
}
