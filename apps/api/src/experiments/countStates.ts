/** How many of these are in one of the states. */
export const countStates = (rows: readonly { readonly state: string }[], ...states: string[]): number =>
  rows.filter(({ state }) => states.includes(state)).length;
