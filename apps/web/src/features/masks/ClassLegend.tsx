"use client";
import { Group } from "@mantine/core";
import { classColor } from "./classColors.ts";

/** Which colour is which class; nothing where there is one class. */
export function ClassLegend({ classes }: { readonly classes: readonly string[] }) {
  if (classes.length < 2) return null;
  return (
    <Group component="ul" gap="md" m={0} p={0} my={6} style={{ listStyle: "none", fontSize: 12 }} aria-label="Classes">
      {classes.map((name, index) => (
        <li key={name} style={{ display: "inline-flex", alignItems: "center", gap: 5 }}>
          <span
            aria-hidden
            style={{ width: 11, height: 11, borderRadius: 2, background: classColor(index), border: "1px solid #0006" }}
          />
          {name}
        </li>
      ))}
    </Group>
  );
}
