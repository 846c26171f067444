/** @file Lines and letters of charts, per colour scheme, and the axes that all charts share. */
import type { ColorScheme } from "./arms.ts";

export function chartInk(scheme: ColorScheme) {
  const dark = scheme === "dark";
  return {
    font: "'IBM Plex Sans Variable', system-ui, sans-serif",
    text: dark ? "#dde0e0" : "#1d201f",
    soft: dark ? "#a3aaab" : "#555b5b",
    grid: dark ? "#262c2d" : "#e9e9e5",
    axis: dark ? "#4a5253" : "#b9bbb6",
    surface: dark ? "#1d2223" : "#ffffff",
    border: dark ? "#3b4243" : "#d0d2cd",
    neutral: dark ? "#7f888a" : "#767975",
    accent: dark ? "#62abb5" : "#1d6b75",
  };
}

export function axisInk(scheme: ColorScheme, name: string) {
  const ink = chartInk(scheme);
  return {
    name,
    nameTextStyle: { color: ink.soft, fontSize: 11 },
    axisLine: { show: true, lineStyle: { color: ink.axis } },
    axisTick: { show: false },
    axisLabel: { color: ink.soft, fontSize: 11, hideOverlap: true },
    splitLine: { show: true, lineStyle: { color: ink.grid } },
  };
}

export function tooltipInk(scheme: ColorScheme) {
  const ink = chartInk(scheme);
  return {
    backgroundColor: ink.surface,
    borderColor: ink.border,
    borderWidth: 1,
    padding: [8, 10],
    textStyle: { color: ink.text, fontSize: 12, fontFamily: ink.font },
    extraCssText: "box-shadow:0 2px 8px rgba(0,0,0,.14);border-radius:4px;font-variant-numeric:tabular-nums",
    confine: true,
  };
}

/** Text into a tooltip's HTML: names come from people. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
