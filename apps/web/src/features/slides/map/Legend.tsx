import { Text } from "@mantine/core";
import classes from "../SlideViewer.module.css";
import { gradientOf } from "./colours.ts";
import type { Showing, Shown } from "./values.ts";

const meaning: Readonly<Record<Showing, string>> = {
  raw: "as it is; the same colours on every slide of this inspection",
  rank: "share of this slide’s tiles that are lower (and the value there)",
  scaled: "from this slide’s 1st to its 99th percentile",
};

interface Props {
  readonly shown: Shown;
  readonly as: Showing;
  /** Row of the tile that is pointed at. */
  readonly row: number | null;
}

/** The colours with their numbers. */
export function Legend({ shown, as, row }: Props) {
  const { signed, ticks, shares } = shown;
  return (
    <figure className={classes.legend} aria-label={`Colours: ${ticks.map(({ text }) => text).join(", ")}`}>
      <div className={classes.gradient} style={{ background: gradientOf(signed) }}>
        {row !== null && <span className={classes.pin} style={{ left: `${100 * (shares[row] ?? 0)}%` }} />}
      </div>
      <div className={classes.ticks} aria-hidden>
        {ticks.map(({ share, text }) => (
          <span key={share}>{text}</span>
        ))}
      </div>
      <Text component="figcaption" size="xs" c="dimmed">
        {signed ? "against the class (blue) and for it (red), " : ""}
        {meaning[as]}
      </Text>
    </figure>
  );
}
