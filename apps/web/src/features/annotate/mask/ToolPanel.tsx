"use client";
import { Button, Group, NumberInput, RangeSlider, Slider, Stack, Switch, Text } from "@mantine/core";
import { ClassLegend } from "@/features/masks/ClassLegend";
import { classColor } from "@/features/masks/classColors";
import css from "../annotate.module.css";
import { keyOf } from "../classes/keys.ts";
import { radii, type ToolSettings, tools, toolText } from "./tools.ts";

interface Props {
  readonly classes: readonly string[];
  readonly settings: ToolSettings;
  readonly set: (change: Partial<ToolSettings>) => void;
  readonly hasOthers: boolean;
}

/** Which tool, which class, and what is set of them. */
export function ToolPanel({ classes, settings, set, hasOthers }: Props) {
  const { tool, radius, tolerance, range, classIndex, protect, opacity, outlines } = settings;
  const number = (value: string | number, otherwise: number) => (typeof value === "number" ? value : otherwise);
  return (
    <Stack gap="sm">
      <Group gap={4} role="group" aria-label="Tool">
        {tools.map((each) => (
          <Button
            key={each.tool}
            size="compact-sm"
            variant={each.tool === tool ? "filled" : "default"}
            aria-pressed={each.tool === tool}
            onClick={() => set({ tool: each.tool })}
          >
            {each.name} ({each.key.toUpperCase()})
          </Button>
        ))}
      </Group>
      <Text size="xs" c="dimmed">
        {toolText[tool]}
      </Text>
      {classes.length > 1 ? (
        <Stack gap={4} role="group" aria-label="Class to draw">
          {classes.map((name, index) => (
            <button
              key={name}
              type="button"
              className={css.choice}
              aria-pressed={index === classIndex}
              onClick={() => set({ classIndex: index })}
            >
              <span style={{ display: "inline-flex", alignItems: "center", gap: 8 }}>
                <span
                  aria-hidden
                  style={{
                    width: 12,
                    height: 12,
                    borderRadius: 2,
                    background: classColor(index),
                    border: "1px solid #0008",
                  }}
                />
                {name}
              </span>
              <span className={css.choiceKey} aria-hidden>
                {keyOf(index)?.toUpperCase()}
              </span>
            </button>
          ))}
          <Switch
            label="Leave other classes as they are"
            checked={protect}
            onChange={(event) => set({ protect: event.currentTarget.checked })}
          />
        </Stack>
      ) : (
        <ClassLegend classes={classes} />
      )}
      {(tool === "brush" || tool === "eraser") && (
        <NumberInput
          label="Radius, pixels ([ and ])"
          size="xs"
          min={radii.least}
          max={radii.most}
          step={0.5}
          decimalScale={1}
          value={radius}
          onChange={(value) => set({ radius: Math.min(radii.most, Math.max(radii.least, number(value, radius))) })}
        />
      )}
      {tool === "grow" && (
        <NumberInput
          label="Tolerance, grey values ([ and ])"
          size="xs"
          min={0}
          max={255}
          value={tolerance}
          onChange={(value) => set({ tolerance: number(value, tolerance) })}
        />
      )}
      {tool === "threshold" && (
        <div>
          <Text size="xs" mb={4}>
            Grey values {range[0]} to {range[1]}
          </Text>
          <RangeSlider
            size="sm"
            min={0}
            max={255}
            minRange={0}
            label={null}
            value={[...range]}
            onChange={(value) => set({ range: value })}
            thumbFromLabel="Lowest grey value"
            thumbToLabel="Highest grey value"
          />
        </div>
      )}
      <div>
        <Text size="xs" mb={4}>
          Opacity of the mask
        </Text>
        <Slider
          size="sm"
          min={0}
          max={1}
          step={0.05}
          label={(value) => `${Math.round(value * 100)} %`}
          value={opacity}
          onChange={(value) => set({ opacity: value })}
          thumbLabel="Opacity of the mask"
        />
      </div>
      {hasOthers && (
        <Switch
          label="Other readers’ outlines (O)"
          checked={outlines}
          onChange={(event) => set({ outlines: event.currentTarget.checked })}
        />
      )}
    </Stack>
  );
}
