import { useQuery } from "@apollo/client/react";
import { useMemo } from "react";
import { TileMapsQuery } from "@/features/tileMaps/queries";
import { readValues } from "@/features/tileMaps/sortedTiles";
import { type Answer, explainedRun, type ShownBag } from "@/features/tileMaps/text";
import { readManifest } from "../model.ts";
import { useFile } from "../useFile.ts";
import type { ScreenState } from "../useScreenState.ts";
import { colourSteps, stepsOf } from "./colours.ts";
import { tilePainting } from "./drawTiles.ts";
import { shownValues } from "./values.ts";

type Wanted = Pick<ScreenState, "draw" | "inspectionId" | "kind" | "classIndex" | "as">;

/** The map that a slide's screen asks for: its inspection, its checks, and once the files are here what to paint. */
export function useTileMap(slideId: string, { draw, inspectionId, kind: wanted, classIndex, as }: Wanted) {
  const query = useQuery(TileMapsQuery, {
    variables: { id: inspectionId ?? "" },
    skip: !inspectionId || draw !== "map",
  });
  const inspection = query.data?.inspection ?? null;
  const answer = inspection?.tileMaps ?? null;
  const bag = answer?.items.find(({ item }) => item.bagOrigin?.slide.id === slideId) ?? null;
  // A kind without its checks is not shown.
  const checks = answer?.checks.find(({ kind }) => kind.toLowerCase() === wanted) ?? answer?.checks[0] ?? null;
  const ofKind = bag && checks ? bag.maps.filter(({ kind }) => kind === checks.kind) : [];
  const map =
    ofKind.find((each) => each.classIndex === (classIndex ?? bag?.classIndex)) ??
    ofKind.find((each) => each.classIndex === null) ??
    ofKind[0] ??
    null;
  const values = useFile(map?.valuesUrl, readValues);
  const manifest = useFile(map && bag?.item.bagOrigin?.manifestUrl, readManifest);
  const { low, high } = rangeOf(answer?.items ?? [], map);
  const shown = useMemo(
    () => (values.value ? shownValues(values.value, as, { low, high }) : null),
    [values.value, as, low, high],
  );
  const fits = !values.value || !manifest.value || values.value.length === manifest.value.tiles.x.length;
  const painting = useMemo(
    () =>
      shown && manifest.value && fits
        ? tilePainting(manifest.value, stepsOf(shown.shares), colourSteps(shown.signed))
        : null,
    [shown, manifest.value, fits],
  );
  return {
    ...{ query, inspection, answer, bag, checks, map, shown, painting },
    classes: (inspection && explainedRun(inspection)?.labelVersion?.classes) || [],
    /** Classes that have a map of the kind of their own. */
    classIndices: ofKind.flatMap((each) => (each.classIndex === null ? [] : [each.classIndex])),
    values: values.value,
    problem:
      values.state === "failed" || manifest.state === "failed"
        ? "The map’s file could not be read. Load the page again."
        : fits
          ? null
          : `The map has ${values.value?.length} values for ${manifest.value?.tiles.x.length} tiles; ask for it again.`,
  };
}

export type ShownMap = ReturnType<typeof useTileMap>;

/** Over all slides of the inspection. */
function rangeOf(items: Answer["items"], map: ShownBag["maps"][number] | null) {
  const alike = items.flatMap(({ maps }) =>
    maps.filter(({ kind, classIndex }) => kind === map?.kind && classIndex === map.classIndex),
  );
  return { low: Math.min(...alike.map(({ low }) => low)), high: Math.max(...alike.map(({ high }) => high)) };
}
