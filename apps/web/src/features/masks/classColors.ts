/** @file One colour per class of a label schema, for masks drawn over pictures. */

/** Okabe and Ito's hues, bright enough for dark pictures. White is left to the truth of masks with one class. */
const first = ["#ff9a4a", "#3fb0ff", "#37e0b0", "#ffdc57", "#ff94d6", "#bcbbff", "#ff5a5a", "#b6f05a"];
/** Degrees; no two of a hundred hues that lie so far apart in turn come close. */
const goldenAngle = 137.508;

export const classColor = (classIndex: number): string =>
  first[classIndex] ?? fromHue((classIndex * goldenAngle) % 360, classIndex % 2 === 0 ? 0.7 : 0.55);

/** #rrggbb of full saturation. @param lightness in [0, 1] */
function fromHue(hue: number, lightness: number): string {
  const reach = Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const place = (offset + hue / 30) % 12;
    const value = lightness - reach * Math.max(-1, Math.min(place - 3, 9 - place, 1));
    return Math.round(255 * value)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}
