"use client";
import { Text } from "@mantine/core";
import { useMemo } from "react";
import { isNumber, plural } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useScheme } from "@/lib/useScheme";
import { Chart } from "@/ui/Chart";
import { Empty } from "@/ui/Empty";
import { ArmLegend } from "../ArmLegend.tsx";
import type { SetModel } from "../model.ts";
import { sizeScatter } from "./sizeScatterOption.ts";
import { type SizeBoard, scoreOf } from "./sizes.ts";
import { pointsCsv } from "./sizesCsv.ts";

interface Props {
  readonly board: SizeBoard;
  readonly model: SetModel;
  readonly onOpen: (itemId: string) => void;
}

/** Every item's Dice over its region's size, with what one, two and three pixels of error cost regions of that size. */
export function SizeScatter({ board, model, onOpen }: Props) {
  const scheme = useScheme();
  const { points, withoutRegion } = board;
  const chart = useMemo(
    () => (points.length > 0 ? sizeScatter(points, model.arms, scheme) : null),
    [points, model.arms, scheme],
  );
  if (!chart) return <Empty title="No item has a region">Dice cannot be set against a size.</Empty>;
  const below = model.arms.map((arm) => {
    const judged = points.flatMap((point) => {
      const dice = scoreOf(point, arm.name)?.dice;
      return isNumber(dice) && isNumber(point.oneShift) ? [dice < point.oneShift] : [];
    });
    return `${arm.name}: ${judged.filter(Boolean).length} of ${plural(judged.length, "item")} below one pixel off`;
  });
  return (
    <>
      <ArmLegend arms={model.arms} />
      <Chart
        option={chart.option}
        height={420}
        file={fileName("Dice against region size")}
        csv={() => pointsCsv(board, model)}
        onPick={(index, series) => {
          const point = chart.itemAt(index, series);
          if (point) onOpen(point.itemId);
        }}
        label={`Dice against region size of ${plural(points.length, "item")}, with lines for truths one, two and three pixels off. ${below.join("; ")}.`}
      />
      <Text size="xs" c="dimmed">
        {below.join("; ")}
        {withoutRegion > 0 ? `; ${plural(withoutRegion, "item")} without any region, not drawn` : ""}.
      </Text>
    </>
  );
}
