"use client";
import { useComputedColorScheme } from "@mantine/core";
import type { ColorScheme } from "./arms.ts";

export const useScheme = (): ColorScheme => useComputedColorScheme("light", { getInitialValueInEffect: true });
