import { useEffect, useId, useState } from "react";
import { gridPath, type Manifest, type SlideResult } from "./model.ts";

export type Overlay = "tiles" | "tissue" | "none";

interface Props {
  readonly result: SlideResult;
  readonly overlay: Overlay;
  /** 0 to 1; 0.5 unless told. */
  readonly opacity?: number;
}

/** Tissue or tiles, in an SVG whose units are the slide's pixels. */
export function SlideOverlay({ result, overlay, opacity = 0.5 }: Props) {
  const { tissueUrl, fileUrl } = result;
  const { width, height } = result.slide;
  const mask = useId();
  const manifest = useManifest(overlay === "tiles" ? fileUrl : null);
  return (
    <>
      {overlay === "tissue" && tissueUrl && (
        <>
          <mask id={mask}>
            <image href={tissueUrl} width={width} height={height} preserveAspectRatio="none" />
          </mask>
          <rect width={width} height={height} fill="#0072b2" opacity={opacity} mask={`url(#${CSS.escape(mask)})`} />
        </>
      )}
      {manifest && (
        <path
          d={gridPath(manifest)}
          fill="#0072b2"
          fillOpacity={0.36 * opacity}
          stroke="#0072b2"
          strokeOpacity={Math.min(1, 2 * opacity)}
          strokeWidth={1}
          vectorEffect="non-scaling-stroke"
        />
      )}
    </>
  );
}

/** Null: not there yet, or not wanted. A manifest never changes. */
function useManifest(url: string | null | undefined): Manifest | null {
  const [read, setRead] = useState<{ readonly url: string; readonly manifest: Manifest | null }>();
  useEffect(() => {
    if (!url) return;
    const stop = new AbortController();
    fetch(url, { signal: stop.signal })
      .then((response) => (response.ok ? response.json() : null))
      .then(
        (manifest) => setRead({ url, manifest }),
        () => undefined,
      ); // the slide is shown without its tiles
    return () => stop.abort();
  }, [url]);
  return read?.url === url ? (read?.manifest ?? null) : null;
}
