"use client";
import { useEffect, useState } from "react";
import { loadPicture, type Picture, pictureNow } from "./pictures.ts";

/** Undefined until it is decoded; what was loaded ahead is there in the first render. */
export function usePicture(url: string): { picture: Picture | undefined; error: Error | undefined } {
  const [loaded, setLoaded] = useState<{ url: string; picture?: Picture; error?: Error }>();
  useEffect(() => {
    let ended = false;
    loadPicture(url).then(
      (picture) => !ended && setLoaded({ url, picture }),
      (error: Error) => !ended && setLoaded({ url, error }),
    );
    return () => {
      ended = true;
    };
  }, [url]);
  const own = loaded?.url === url ? loaded : undefined;
  return { picture: own?.picture ?? pictureNow(url), error: own?.error };
}
