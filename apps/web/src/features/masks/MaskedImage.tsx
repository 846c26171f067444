"use client";
import { useEffect, useRef, useState } from "react";
import { drawMask, loadMask, type MaskLayer } from "./drawMask.ts";
import { useFocus } from "./useFocus.ts";

interface Props {
  readonly src: string;
  readonly alt: string;
  /** Width ÷ height of the box. */
  readonly aspect: number;
  readonly layers?: readonly MaskLayer[];
  /** How many the masks' label schema has: several are drawn each in its own colour. Absent: 1. */
  readonly classes?: number;
  /** A mask whose region fills most of the box: small regions become visible. */
  readonly focusUrl?: string;
}

/** An image with masks over it. Masks may have another size than the image: both fill the same box. */
export function MaskedImage({ src, alt, aspect, layers = [], classes = 1, focusUrl }: Props) {
  const [failed, setFailed] = useState(false);
  const view = useFocus(focusUrl, classes);
  return (
    <div
      style={{
        position: "relative",
        width: "100%",
        aspectRatio: aspect,
        background: "var(--well)",
        overflow: "hidden",
      }}
    >
      <div
        style={{
          position: "absolute",
          width: `${view.zoom * 100}%`,
          height: `${view.zoom * 100}%`,
          left: `${-view.left * view.zoom * 100}%`,
          top: `${-view.top * view.zoom * 100}%`,
        }}
      >
        {failed ? (
          <span style={{ position: "absolute", inset: 0, display: "grid", placeItems: "center", fontSize: 12 }}>
            picture not readable
          </span>
        ) : (
          // biome-ignore lint/performance/noImgElement: the api serves thumbnails itself, immutable and cached
          <img
            src={src}
            alt={alt}
            loading="lazy"
            decoding="async"
            onError={() => setFailed(true)}
            style={{ position: "absolute", inset: 0, width: "100%", height: "100%", objectFit: "fill" }}
          />
        )}
        {layers.map((layer) => (
          <MaskCanvas key={`${layer.url} ${layer.color}`} layer={layer} classes={classes} />
        ))}
      </div>
    </div>
  );
}

function MaskCanvas({ layer, classes }: { readonly layer: MaskLayer; readonly classes: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { url, color, tint, outline } = layer;

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    let ended = false;
    const draw = async () => {
      const mask = await loadMask(url).catch(() => null);
      const context = element.getContext("2d");
      if (ended || !mask || !context) return;
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      element.width = Math.round(element.clientWidth * ratio);
      element.height = Math.round(element.clientHeight * ratio);
      drawMask(context, mask, { url, color, tint, outline }, classes, ratio);
    };
    // Masks are drawn when they come near the screen, and again when their box changes.
    let near = false;
    const sight = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting || near) return;
        near = true;
        void draw();
      },
      { rootMargin: "200px" },
    );
    const box = new ResizeObserver(() => near && void draw());
    sight.observe(element);
    box.observe(element);
    return () => {
      ended = true;
      sight.disconnect();
      box.disconnect();
    };
  }, [url, color, tint, outline, classes]);

  return <canvas ref={canvas} aria-hidden style={{ position: "absolute", inset: 0, width: "100%", height: "100%" }} />;
}
