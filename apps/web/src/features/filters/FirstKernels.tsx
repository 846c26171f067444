"use client";
import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { isNumber } from "@/lib/format";
import type { Answer } from "./answer.ts";

const few = 16;
/** Side of a kernel on the page, CSS pixels. */
const side = 44;

const share = (value: number | null | undefined): string => (isNumber(value) ? value.toFixed(2) : "undefined");

/** The kernels that see the image, before and after, each with the share of its power at high frequencies. */
export function FirstKernels({ answer }: { readonly answer: Answer }) {
  const [all, setAll] = useState(false);
  const { filters, pictureUrl, side: pixels, highFrequency, highShareOfNoise } = answer.firstLayer;
  const listed = all ? filters : filters.slice(0, few);
  return (
    <>
      <Text size="xs" c="dimmed" mt="sm">
        Each kernel before (left) and after training; grey is 0. Under it the share of its power above {highFrequency}{" "}
        cycles per pixel: independent random weights have {highShareOfNoise.toFixed(2)}.
      </Text>
      <ol className="kernel-grid">
        {listed.map(({ filter, highBefore, highAfter }) => (
          <li key={filter}>
            {([highBefore, highAfter] as const).map((high, row) => (
              <figure key={row === 0 ? "before" : "after"}>
                <div
                  role="img"
                  aria-label={`Kernel ${filter} ${row === 0 ? "before" : "after"} training: share at high frequencies ${share(high)}`}
                  style={{
                    width: side,
                    height: side,
                    backgroundImage: `url("${pictureUrl}")`,
                    backgroundSize: `${filters.length * side}px ${2 * side}px`,
                    backgroundPosition: `-${filter * side}px -${row * side}px`,
                    imageRendering: pixels < side ? "pixelated" : "auto",
                  }}
                />
                <figcaption>{share(high)}</figcaption>
              </figure>
            ))}
          </li>
        ))}
      </ol>
      {filters.length > few && (
        <Button size="compact-xs" variant="default" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? `Show the first ${few} kernels` : `Show all ${filters.length} kernels`}
        </Button>
      )}
    </>
  );
}
