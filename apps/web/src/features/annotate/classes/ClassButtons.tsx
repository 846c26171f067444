"use client";
import { Stack } from "@mantine/core";
import css from "../annotate.module.css";
import type { Choice } from "./choice.ts";
import { keyOf } from "./keys.ts";

interface Props {
  readonly classes: readonly string[];
  readonly choice: Choice;
  readonly onChoose: (classIndex: number, unknown: boolean) => void;
}

const pressed = { 1: "true", 0: "false" } as const;

/** A class per button, with the key that does the same. */
export function ClassButtons({ classes, choice, onChoose }: Props) {
  return (
    <Stack gap={4} role="group" aria-label="Classes">
      {classes.map((name, index) => {
        const value = choice[index] ?? null;
        const key = keyOf(index);
        return (
          <button
            key={name}
            type="button"
            className={css.choice}
            data-choice
            aria-pressed={value === null ? "mixed" : pressed[value]}
            onClick={(event) => onChoose(index, event.shiftKey)}
          >
            <span>
              {name}
              {value === null ? " (not known)" : ""}
            </span>
            {key && (
              <span className={css.choiceKey} aria-hidden>
                {key.toUpperCase()}
              </span>
            )}
          </button>
        );
      })}
    </Stack>
  );
}
