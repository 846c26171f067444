"use client";
import { useMemo } from "react";
import css from "../annotate.module.css";
import type { Picture } from "../view/pictures.ts";
import { Viewer } from "../view/Viewer.tsx";
import type { View } from "../view/view.ts";
import type { Window } from "../view/window.ts";
import { chosenCanvas, maskCanvas } from "./overlay.ts";
import type { ReaderMask } from "./useReadersMasks.ts";

interface Props {
  readonly mask: ReaderMask;
  /** 1 where readers differ. */
  readonly differing: Uint8Array;
  readonly picture: Picture;
  readonly opacity: number;
  readonly view: View | null;
  readonly onView: (view: View) => void;
  readonly window: Window;
  readonly onWindow: (window: Window) => void;
}

export const differenceColor = "#ff3df2";

/** One reader's mask, moved and zoomed together with the others; where readers differ is marked. */
export function ReaderPane({ mask, differing, picture, opacity, ...looking }: Props) {
  const { width, height } = picture;
  const layers = useMemo(
    () => [
      { canvas: maskCanvas({ width, height, indices: mask.indices }), opacity },
      { canvas: chosenCanvas(differing, width, height, differenceColor), opacity: 0.45 },
    ],
    [mask, differing, width, height, opacity],
  );
  return (
    <Viewer
      picture={picture}
      label={`Mask of ${mask.opinion.reader}; where readers differ is marked`}
      layers={layers}
      {...looking}
    >
      <span className={css.caption}>{mask.opinion.reader}</span>
    </Viewer>
  );
}
