/** @file Tessera's look: paper and ink, one petrol accent, hairlines instead of shadows, numbers that stand in columns. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const petrol: MantineColorsTuple = [
  "#edf6f7",
  "#d9ebed",
  "#b2d6db",
  "#86bfc7",
  "#62abb5",
  "#45959f",
  "#2f818c",
  "#1d6b75",
  "#11565f",
  "#07434b",
];
const gray: MantineColorsTuple = [
  "#f8f8f6",
  "#f1f1ee",
  "#e6e6e2",
  "#d8d8d3",
  "#c3c4bf",
  "#9fa19d",
  "#767975",
  "#555854",
  "#373a38",
  "#1d201f",
];
const dark: MantineColorsTuple = [
  "#dde0e0",
  "#b9bebe",
  "#9aa1a2",
  "#6f7778",
  "#3b4243",
  "#2e3435",
  "#1d2223",
  "#151919",
  "#101313",
  "#0a0c0c",
];

const sans = "'IBM Plex Sans Variable', 'IBM Plex Sans', system-ui, sans-serif";

export const theme = createTheme({
  primaryColor: "petrol",
  primaryShade: { light: 7, dark: 7 },
  colors: { petrol, gray, dark },
  black: "#1d201f",
  fontFamily: sans,
  fontFamilyMonospace: "'IBM Plex Mono', ui-monospace, monospace",
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.4" },
  headings: {
    fontFamily: sans,
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.375rem", lineHeight: "1.25" },
      h2: { fontSize: "1rem", lineHeight: "1.35" },
      h3: { fontSize: "0.875rem", lineHeight: "1.4" },
    },
  },
  defaultRadius: "sm",
  radius: { xs: "2px", sm: "3px", md: "4px", lg: "6px", xl: "8px" },
  focusRing: "auto",
  respectReducedMotion: true,
  cursorType: "pointer",
  components: {
    // Nearly every field is required; the few that are not say so.
    InputWrapper: { defaultProps: { withAsterisk: false } },
    Button: { defaultProps: { size: "sm" } },
    TextInput: { defaultProps: { size: "sm" } },
    SegmentedControl: { defaultProps: { transitionDuration: 0 } },
    Table: { defaultProps: { verticalSpacing: 6, horizontalSpacing: "md", fz: "sm" } },
    Tooltip: { defaultProps: { openDelay: 250, multiline: true, maw: 320, withArrow: true } },
    Badge: { defaultProps: { variant: "light", radius: "sm", tt: "none", fw: 500 } },
    Notification: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
    Modal: {
      styles: { title: { fontWeight: 600 } },
      defaultProps: { overlayProps: { backgroundOpacity: 0.45 }, closeButtonProps: { "aria-label": "Close" } },
    },
    Drawer: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--page": "#f4f4f1",
    "--surface": "#ffffff",
    "--hairline": "#dddeda",
    "--ink-soft": "#555b5b",
    "--well": "#f1f1ee",
    "--mantine-color-body": "#ffffff",
    "--mantine-color-dimmed": "#5a605f",
    "--mantine-color-placeholder": "#6b716f",
    "--mantine-color-anchor": "#11565f",
    "--mantine-color-error": "#b3261e",
    "--focus": "#0b5cad",
    "--stamp": "#8a4b00",
    "--done": "#1d7a4c",
  },
  dark: {
    "--page": "#0f1212",
    "--surface": "#151919",
    "--hairline": "#2b3132",
    "--ink-soft": "#a3aaab",
    "--well": "#1d2223",
    "--mantine-color-body": "#151919",
    "--mantine-color-dimmed": "#a0a8a9",
    "--mantine-color-placeholder": "#8b9394",
    "--mantine-color-anchor": "#86cbd4",
    "--mantine-color-error": "#ff8f85",
    "--focus": "#7cc0ff",
    "--stamp": "#f0b060",
    "--done": "#5cc793",
  },
});
