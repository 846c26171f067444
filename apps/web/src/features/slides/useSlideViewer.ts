import type { Viewer } from "openseadragon";
import { useEffect, useRef, useState } from "react";
import type { Place } from "./place.ts";
import { makeView } from "./view.ts";

/** As the api cuts them. */
const tileSize = 512;

interface Slide {
  readonly id: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

interface Options {
  readonly host: HTMLElement | null;
  readonly navigatorId: string;
  /** Shown first; null: all of the slide. */
  readonly start: Place | null;
  /** Once the slide has come to rest; null: where it began. */
  readonly onRest: (place: Place | null) => void;
  /** A key that OpenSeadragon is not to see. */
  readonly onKey: (key: string) => boolean;
}

/** Turning and mirroring, which nothing that is drawn over the slide follows. */
const withoutUse = new Set(["r", "R", "f", "F"]);

/** OpenSeadragon on the api's tiles. Its arrow keys, +, - and 0 work once it has the focus, which it takes. */
export function useSlideViewer({ id, name, width, height }: Slide, { host, navigatorId, ...options }: Options) {
  const [{ view, connect, tell }] = useState(makeView);
  const latest = useRef(options);
  latest.current = options;
  /** Of the slide to one of the screen; null: nothing is shown yet. */
  const [pixels, setPixels] = useState<number | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!host) return;
    let gone = false;
    let own: Viewer | null = null;
    let rest: ReturnType<typeof setTimeout> | undefined;
    import("openseadragon").then(
      ({ default: openSeadragon }) => {
        if (gone) return;
        const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
        const viewer = openSeadragon({
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
        own = viewer;
        const across = () => viewer.viewport.getContainerSize().x;
        connect({
          goTo({ x, y, pixels: scale }) {
            const shares = [across() * scale, viewer.viewport.getContainerSize().y * scale].map((side) => side / width);
            const [wide, high] = [shares[0]!, shares[1]!];
            const box = new openSeadragon.Rect(x / width - wide / 2, y / width - high / 2, wide, high);
            viewer.viewport.fitBounds(box, true);
          },
          zoom(factor) {
            viewer.viewport.zoomBy(factor);
            viewer.viewport.applyConstraints();
          },
          showAll: () => void viewer.viewport.goHome(),
          width: across,
        });
        const follow = () => {
          const shown = viewer.viewport.getBounds(true);
          const box = {
            ...{ x: shown.x * width, y: shown.y * width },
            ...{ width: shown.width * width, height: shown.height * width },
          };
          const scale = box.width / across();
          tell(box);
          setPixels(scale);
          clearTimeout(rest);
          const place = { x: box.x + box.width / 2, y: box.y + box.height / 2, pixels: scale };
          const home = viewer.viewport.getHomeBounds();
          const isHome = Math.abs(home.x - shown.x) + Math.abs(home.width - shown.width) < 1e-3 * home.width;
          rest = setTimeout(() => latest.current.onRest(isHome ? null : place), 250);
        };
        viewer.addHandler("open", () => {
          if (latest.current.start) view.goTo(latest.current.start);
          follow();
          viewer.addHandler("update-viewport", follow);
        });
        viewer.addHandler("tile-load-failed", () => setFailed(true));
        viewer.addHandler("canvas-key", (event) => {
          const { key, ctrlKey, metaKey, altKey } = event.originalEvent as KeyboardEvent;
          if (ctrlKey || metaKey || altKey) return;
          if (withoutUse.has(key) || latest.current.onKey(key)) event.preventDefaultAction = true;
        });
        viewer.canvas.setAttribute("role", "application");
        viewer.canvas.setAttribute("aria-label", `${name}: arrow keys move, plus and minus zoom, 0 shows all`);
        viewer.canvas.focus();
      },
      () => setFailed(true),
    );
    return () => {
      gone = true;
      clearTimeout(rest);
      connect(null);
      own?.destroy();
    };
  }, [host, navigatorId, id, name, width, height, view, connect, tell]);
  return { view, pixels, failed };
}
