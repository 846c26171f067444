/**
 * @file One look per arm, everywhere: colour, marker and dash by the arm's place in its experiment.
 *
 * The colours follow Okabe and Ito's set for colour-blind readers, shifted for contrast on each background; marker and dash say the
 * same thing without colour.
 */
export type ColorScheme = "light" | "dark";

export interface ArmLook {
  readonly color: string;
  /** Brighter, for lines drawn over pictures. */
  readonly onImage: string;
  readonly marker: "circle" | "rect" | "triangle" | "diamond" | "pin" | "arrow";
  readonly dash: "solid" | "dashed" | "dotted" | readonly number[];
}

const light = ["#0a67ad", "#c4500c", "#007a5e", "#a13c7b", "#806300", "#5352b5"];
const dark = ["#58aef0", "#f28c4d", "#3fc79e", "#e58cc3", "#d8b648", "#a3a2f7"];
const onImage = ["#3fb0ff", "#ff9a4a", "#37e0b0", "#ff94d6", "#ffdc57", "#bcbbff"];
const markers: readonly ArmLook["marker"][] = ["circle", "rect", "triangle", "diamond", "pin", "arrow"];
const dashes: readonly ArmLook["dash"][] = ["solid", "dashed", [2, 2], [8, 3, 2, 3], [12, 4], [4, 2]];

/** The truth is never an arm's colour. */
export const truthOnImage = "#ffffff";

export function armLook(index: number, scheme: ColorScheme): ArmLook {
  const at = ((index % light.length) + light.length) % light.length;
  // A seventh arm has the first one's colour, with the next marker and dash.
  const sign = (at + Math.floor(Math.max(0, index) / light.length)) % light.length;
  return {
    color: (scheme === "dark" ? dark : light)[at]!,
    onImage: onImage[at]!,
    marker: markers[sign]!,
    dash: dashes[sign]!,
  };
}

export type ArmLooks = (arm: string) => ArmLook;

/** Looks for the arms of one experiment, in the order they were declared. */
export function armLooks(arms: readonly { readonly name: string }[], scheme: ColorScheme): ArmLooks {
  const places = new Map(arms.map((arm, index) => [arm.name, index]));
  return (arm) => armLook(places.get(arm) ?? 0, scheme);
}
