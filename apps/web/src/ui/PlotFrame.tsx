"use client";
import { type ReactNode, useRef } from "react";
import { saveText } from "@/lib/saveFile";
import { svgText } from "@/lib/svgText";
import { SaveMenu } from "./SaveMenu.tsx";

/** A plot that is drawn as SVG on the page, with the way to save it. */
export function PlotFrame({ file, children }: { readonly file: string; readonly children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  function save() {
    const drawn = frame.current?.querySelector<SVGSVGElement>("svg[data-plot]");
    if (drawn) saveText(svgText(drawn), `${file}.svg`, "image/svg+xml");
  }
  return (
    <div ref={frame} style={{ position: "relative" }}>
      {children}
      <div className="chart-save">
        <SaveMenu what={file.replaceAll("-", " ")} ways={[{ label: "SVG, for a paper", save }]} />
      </div>
    </div>
  );
}
