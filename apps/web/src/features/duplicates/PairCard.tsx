"use client";
import { MaskedImage } from "@/features/masks/MaskedImage";
import type { DuplicatePairFieldsFragment } from "@/gql/graphql";
import { foldName } from "@/lib/words";
import { Stamp } from "@/ui/Stamp";
import { pairText } from "./pairText.ts";

type Pair = DuplicatePairFieldsFragment;

/** Two pictures side by side, and what makes them one. */
export function PairCard({ pair }: { readonly pair: Pair }) {
  const sides = [
    { item: pair.first, fold: pair.firstFold },
    { item: pair.second, fold: pair.secondFold },
  ];
  return (
    <li className="duplicate-pair" aria-label={`${pair.first.name} and ${pair.second.name}`}>
      <div className="duplicate-sides">
        {sides.map(({ item, fold }, side) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the two sides have one order
          <figure key={side}>
            <MaskedImage src={item.thumbnailUrl} alt={item.name} aspect={1.15} />
            <figcaption className="item-caption">
              <span className="item-name">{item.name}</span>
              {fold && <span>{foldName[fold]}</span>}
            </figcaption>
          </figure>
        ))}
      </div>
      <div className="duplicate-facts">
        <span>{pairText(pair)}</span>
        {pair.firstFold && pair.secondFold && pair.firstFold !== pair.secondFold && (
          <Stamp why="One fold tells the other: what was learnt from this picture is asked about it again.">
            two folds
          </Stamp>
        )}
        {pair.labelsConflict && (
          <Stamp why="The same picture has two labels that contradict each other: another class, or an area that differs by more than a fifth.">
            labels contradict
          </Stamp>
        )}
      </div>
    </li>
  );
}
