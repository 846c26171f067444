import type { Viewer } from "openseadragon";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { SlideResult } from "./model.ts";

/** As the api cuts them. */
const tileSize = 512;

interface Elements {
  readonly host: HTMLElement | null;
  /** Drawn over the slide, in its pixels. */
  readonly layer: RefObject<SVGSVGElement | null>;
  readonly navigatorId: string;
}

/** OpenSeadragon on the api's tiles. Its arrow keys, +, - and 0 work once it has the focus, which it takes. */
export function useSlideViewer(
  { id, name, width, height }: SlideResult["slide"],
  { host, layer, navigatorId }: Elements,
) {
  const viewer = useRef<Viewer | null>(null);
  /** Of the slide to one of the screen; null: nothing is shown yet. */
  const [pixels, setPixels] = useState<number | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!host) return;
    let gone = false;
    import("openseadragon").then(
      ({ default: openSeadragon }) => {
        if (gone) return;
        const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
        const own = openSeadragon({
          element: host,
          drawer: "canvas",
          showNavigationControl: false,
          showNavigator: true,
          navigatorId,
          animationTime: still ? 0 : 0.4,
          maxZoomPixelRatio: 4,
          visibilityRatio: 0.5,
          imageLoaderLimit: 4,
          gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
          tileSources: {
            width,
            height,
            tileSize,
            minLevel: Math.min(8, Math.ceil(Math.log2(Math.max(width, height)))),
            getTileUrl: (level: number, column: number, row: number) => `/slides/${id}/tiles/${level}/${column}/${row}`,
          } as never,
        });
        viewer.current = own;
        const follow = () => {
          const shown = own.viewport.getBounds(true);
          const box = [shown.x, shown.y, shown.width, shown.height].map((share) => share * width);
          layer.current?.setAttribute("viewBox", box.join(" "));
          setPixels(box[2]! / own.viewport.getContainerSize().x);
        };
        own.addHandler("open", follow);
        own.addHandler("update-viewport", follow);
        own.addHandler("tile-load-failed", () => setFailed(true));
        own.canvas.setAttribute("role", "application");
        own.canvas.setAttribute("aria-label", `${name}: arrow keys move, plus and minus zoom, 0 shows all`);
        own.canvas.focus();
      },
      () => setFailed(true),
    );
    return () => {
      gone = true;
      viewer.current?.destroy();
      viewer.current = null;
    };
  }, [host, layer, navigatorId, id, name, width, height]);
  const zoom = (factor: number) => {
    viewer.current?.viewport.zoomBy(factor);
    viewer.current?.viewport.applyConstraints();
  };
  return { pixels, failed, zoom, showAll: () => void viewer.current?.viewport.goHome() };
}
