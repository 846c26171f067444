"use client";
import { useState } from "react";
import { type RegionTool, useRegionPen } from "./useRegionPen.ts";
import { useRegions } from "./useRegions.ts";

interface Slide {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** Regions of a slide's screen: what is drawn, with which class, and whose are shown. */
export function useRegionScreen(slide: Slide) {
  const regions = useRegions(slide.id);
  const [added, setAdded] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const sets = [regions.drawing, ...regions.others];
  const used = sets.flatMap((set) => set.regions.map(({ className }) => className));
  const classNames = [...new Set(["tumour", ...used.toSorted(), ...added])];
  const className = chosen !== null && classNames.includes(chosen) ? chosen : classNames[0]!;
  const pen = useRegionPen({ regions, slide, className });
  return {
    regions,
    pen,
    classNames,
    className,
    chooseClass: (index: number) => setChosen(classNames[index] ?? className),
    addClass(name: string): boolean {
      const trimmed = name.trim();
      if (trimmed === "") return false;
      setAdded((before) => [...before, trimmed]);
      setChosen(trimmed);
      return true;
    },
    chooseTool: (tool: RegionTool) => pen.choose(tool),
    /** The chosen region, whatever corner is near. */
    removeChosen: () => pen.remove(0),
    hidden,
    toggle: (reader: string) =>
      setHidden(
        (before) => new Set(before.has(reader) ? [...before].filter((each) => each !== reader) : [...before, reader]),
      ),
    /** Others' sets that are shown. */
    shownSets: regions.others.filter(({ reader }) => !hidden.has(reader)),
    shownPen: hidden.has("mine") ? null : pen,
  };
}

export type RegionScreen = ReturnType<typeof useRegionScreen>;
