"use client";
import { Button, Text, Title } from "@mantine/core";
import { useState } from "react";
import { compact, percent } from "@/lib/format";
import { type Depth, pictureText, type Response, type Shown } from "./answer.ts";

const few = 6;
/** Side of a picture on the page, CSS pixels. */
const side = 72;

/** One block: each filter's answers to both images side by side, before training above and after it below. */
export function DepthStrip({ depth, names }: { readonly depth: Depth; readonly names: readonly string[] }) {
  const [all, setAll] = useState(false);
  const { block, layer, filters, shown, change } = depth;
  const listed = all ? shown : shown.slice(0, few);
  return (
    <section className="depth-strip" aria-label={block}>
      <Title order={3} size="sm">
        {block}
      </Title>
      <Text size="xs" c="dimmed">
        {layer}: {filters} filters, answers of {depth.side} × {depth.side}
        {depth.shownSide < depth.side && `, shown at ${depth.shownSide} × ${depth.shownSide}`}; mean change{" "}
        {compact(change)}. Under each picture: mean, share of positions active, highest.
      </Text>
      <ol className="filter-grid">
        {listed.map((filter) => (
          <li key={filter.filter}>
            <FilterCell filter={filter} depth={depth} names={names} />
          </li>
        ))}
      </ol>
      {shown.length > few && (
        <Button size="compact-xs" variant="default" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? `Show the ${few} most changed of ${block}` : `Show the ${shown.length} most changed of ${block}`}
        </Button>
      )}
    </section>
  );
}

interface CellProps {
  readonly filter: Shown;
  readonly depth: Depth;
  readonly names: readonly string[];
}

function FilterCell({ filter, depth, names }: CellProps) {
  const column = depth.shown.indexOf(filter);
  const pictures = (["before", "after"] as const).flatMap((when, row) =>
    names.map((name, image) => ({ when, name, response: filter[when][image]!, row: 2 * image + row })),
  );
  return (
    <div className="filter-cell">
      <div className="filter-head">
        <b>filter {filter.filter}</b> change {compact(filter.change)}
        <br />
        travelled {filter.distance === null ? "undefined" : compact(filter.distance)}
      </div>
      <div className="filter-pictures">
        {names.map((name) => (
          <span key={name} className="filter-name" title={name} aria-hidden>
            {name}
          </span>
        ))}
        {pictures.map(({ when, name, response, row }) => (
          <figure key={row}>
            <div
              role="img"
              aria-label={pictureText(filter.filter, name, when, response)}
              title={`${name}, ${when} training`}
              style={{
                width: side,
                height: side,
                backgroundImage: `url("${depth.pictureUrl}")`,
                backgroundSize: `${depth.shown.length * side}px ${4 * side}px`,
                backgroundPosition: `-${column * side}px -${row * side}px`,
                imageRendering: depth.shownSide < side ? "pixelated" : "auto",
              }}
            />
            <figcaption>
              <span className="filter-when">{when}</span>
              <Numbers response={response} />
            </figcaption>
          </figure>
        ))}
      </div>
    </div>
  );
}

function Numbers({ response: { mean, active, high } }: { readonly response: Response }) {
  return (
    <>
      <span>{short(mean)}</span>
      <span>{percent(active, 0)}</span>
      <span>{short(high)}</span>
    </>
  );
}

/** Three significant digits: there is little room. */
const short = (value: number): string =>
  value === 0
    ? "0"
    : Math.abs(value) < 1e-3 || Math.abs(value) >= 1e4
      ? value.toExponential(1)
      : String(Number(value.toPrecision(3)));
