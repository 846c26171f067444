import { SegmentedControl, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { count } from "@/lib/format";
import { type Box, placeAround } from "../place.ts";
import classes from "../SlideViewer.module.css";
import type { SlideView } from "../view.ts";
import type { TilePainting } from "./drawTiles.ts";
import { TilePicture } from "./TilePicture.tsx";
import { extremes, valueText } from "./values.ts";

interface Props {
  readonly slide: { readonly id: string; readonly width: number; readonly height: number };
  readonly painting: TilePainting;
  readonly values: Float32Array;
  readonly view: SlideView;
  readonly marked: number | null;
  readonly onMark: (row: number) => void;
}

const most = 12;

export const tileBox = ({ manifest: { extent, tiles } }: Pick<TilePainting, "manifest">, row: number): Box => ({
  ...{ x: tiles.x[row]!, y: tiles.y[row]! },
  ...{ width: extent.x, height: extent.y },
});

/** The tiles of the highest or the lowest values; one that is chosen is marked and brought to the middle. */
export function TopTiles({ slide, painting, values, view, marked, onMark }: Props) {
  const [which, setWhich] = useState<"highest" | "lowest">("highest");
  const rows = useMemo(() => extremes(values, most, which), [values, which]);
  return (
    <section aria-label="Tiles of the highest and lowest values">
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="Which tiles"
        value={which}
        onChange={(value) => setWhich(value as typeof which)}
        data={["highest", "lowest"]}
      />
      <ul className={classes.gallery}>
        {rows.map((row, place) => {
          const box = tileBox(painting, row);
          const name = `${place + 1}. ${which} tile`;
          return (
            <li key={row}>
              <button
                type="button"
                aria-pressed={row === marked}
                aria-label={`Go to the ${name}: number ${count(row + 1)}, ${valueText(values[row]!)}`}
                onClick={() => {
                  onMark(row);
                  view.goTo(placeAround(box, view.width()));
                }}
              >
                <TilePicture slide={slide} box={box} label={name} />
                <Text size="xs" component="span">
                  {valueText(values[row]!)}
                </Text>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
