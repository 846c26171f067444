import { verdictStamp } from "@/features/heatmaps/checkText";
import { kindName, kindVerdictText } from "@/features/tileMaps/text";
import { Stamp } from "@/ui/Stamp";
import classes from "../SlideViewer.module.css";
import type { ShownMap } from "./useTileMap.ts";
import type { Showing } from "./values.ts";

/** On the picture itself, so that no copy of it is without the verdict. */
export function MapCaption({ map, as }: { readonly map: ShownMap; readonly as: Showing }) {
  const { checks, classes: names } = map;
  if (!checks || !map.map) return null;
  const { classIndex } = map.map;
  const word = verdictStamp[checks.verdict];
  return (
    <div className={classes.caption}>
      {kindName[checks.kind]}
      {classIndex !== null && ` for ${names[classIndex] ?? `class ${classIndex}`}`}, {as}:{" "}
      {checks.verdict === "PASSES" ? word : <Stamp why={kindVerdictText(checks)}>{word}</Stamp>}
    </div>
  );
}
