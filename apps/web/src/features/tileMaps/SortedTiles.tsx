"use client";
import { Text } from "@mantine/core";
import { linear } from "@/features/scoredSet/plot/scale";
import { extremes, valueText } from "@/features/slides/map/values";
import { useFile } from "@/features/slides/useFile";
import { count, plural } from "@/lib/format";
import { useWidth } from "@/lib/useWidth";
import { readValues, sortedColumns, topShare } from "./sortedTiles.ts";
import type { ShownBag } from "./text.ts";

interface Props {
  readonly map: ShownBag["maps"][number];
  readonly tiles: number;
  /** What the values are, and of which bag. */
  readonly label: string;
}

const height = 84;
const told = 5;

/** A bag's tiles from the highest value to the lowest, and the highest by their row. */
export function SortedTiles({ map, tiles, label }: Props) {
  const [box, width] = useWidth();
  const { state, value: values } = useFile(map.valuesUrl, readValues);
  const highest = values
    ? extremes(values, told, "highest").map((tile) => `${count(tile + 1)} (${valueText(values[tile]!)})`)
    : [];
  const [low, high] = [Math.min(0, map.low), Math.max(0, map.high)];
  const y = linear([low, high === low ? low + 1 : high], [height - 4, 4]);
  const columns = values && width > 0 ? sortedColumns(values, Math.floor(width / 2)) : [];
  const share = values && topShare(values);
  const alt = `${label}, ${plural(tiles, "tile")} from the highest to the lowest; the highest: ${highest.join(", ")}`;
  return (
    <div ref={box} style={{ minHeight: height }}>
      {columns.length > 0 && (
        <svg width={width} height={height} role="img" aria-label={alt} style={{ display: "block" }}>
          {columns.map((value, at) => (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a column has no other name
              key={at}
              x={(at * width) / columns.length}
              width={Math.max(0.5, width / columns.length - 0.5)}
              y={Math.min(y(value), y(0))}
              height={Math.max(0.5, Math.abs(y(value) - y(0)))}
              fill={value < 0 ? "var(--ink-soft)" : "var(--mantine-color-anchor)"}
            />
          ))}
          <line x1={0} x2={width} y1={y(0)} y2={y(0)} stroke="var(--hairline)" />
        </svg>
      )}
      {values && (
        <Text size="xs" c="dimmed">
          Highest tiles: {highest.join(", ")}.
          {share !== null && ` The highest tenth has ${(100 * share!).toFixed(0)} % of what is above 0.`}
        </Text>
      )}
      {state === "failed" && (
        <Text size="xs" c="var(--stamp)" role="alert">
          The map’s file could not be read. Load the page again.
        </Text>
      )}
    </div>
  );
}
