/** Whether a key was pressed on a slider, which the arrow keys move. */
export const isSlider = (event: KeyboardEvent): boolean =>
  event.target instanceof Element && event.target.getAttribute("role") === "slider";
