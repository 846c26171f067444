"use client";
import { useEffect, useState } from "react";
import type { Opinion } from "../model.ts";
import { loadPicture, pixelsOf } from "../view/pictures.ts";
import { indicesOf } from "./png.ts";

export interface ReaderMask {
  readonly opinion: Opinion;
  readonly indices: Uint8Array;
}

/** The opinions' masks, decoded; undefined until all are. */
export function useReadersMasks(
  opinions: readonly Opinion[],
  classes: number,
): { masks: ReaderMask[] | undefined; error: Error | undefined } {
  const [state, setState] = useState<{ masks?: ReaderMask[]; error?: Error }>({});
  const names = opinions.map(({ id }) => id).join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same opinions, by their ids
  useEffect(() => {
    let ended = false;
    const drawn = opinions.filter(({ maskUrl }) => maskUrl !== null);
    Promise.all(
      drawn.map(async (opinion) => ({ opinion, indices: indicesOf(await readMask(opinion.maskUrl!), classes) })),
    ).then(
      (masks) => !ended && setState({ masks }),
      (error: Error) => !ended && setState({ error }),
    );
    return () => {
      ended = true;
    };
  }, [names, classes]);
  return { masks: state.masks, error: state.error };
}

/** [height*width] the values of a stored mask. */
async function readMask(url: string): Promise<Uint8Array> {
  const { data } = pixelsOf(await loadPicture(url));
  return Uint8Array.from({ length: data.length / 4 }, (_, at) => data[at * 4]!);
}
