import { useId } from "react";
import { gridPath, readManifest, type SlideResult } from "./model.ts";
import { useFile } from "./useFile.ts";

export type Overlay = "tiles" | "tissue" | "none";

interface Props {
  /** With its slide's size. */
  readonly result: Pick<SlideResult, "tissueUrl" | "fileUrl"> & { readonly slide: { width: number; height: number } };
  readonly overlay: Overlay;
  /** 0 to 1; 0.5 unless told. */
  readonly opacity?: number;
}

/** Tissue or tiles, in an SVG whose units are the slide's pixels. */
export function SlideOverlay({ result, overlay, opacity = 0.5 }: Props) {
  const { tissueUrl, fileUrl } = result;
  const { width, height } = result.slide;
  const mask = useId();
  const manifest = useFile(overlay === "tiles" ? fileUrl : null, readManifest).value; // without it the slide is shown alone
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
