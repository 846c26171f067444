"use client";
import type { ReactNode } from "react";
import { MaskedImage } from "@/features/masks/MaskedImage";
import type { RunClassificationQuery } from "@/gql/graphql";
import { score } from "@/lib/format";
import { Panel } from "@/ui/Panel";
import { saidText, truthText } from "./predictionText.ts";

type Evaluation = NonNullable<NonNullable<RunClassificationQuery["run"]>["evaluation"]>;

interface Props {
  readonly predictions: readonly Evaluation["predictions"]["edges"][number]["node"][];
  readonly classes: readonly string[];
  /** Below the pictures. */
  readonly children: ReactNode;
}

/** Pictures with what is true of them and what the run said. */
export function PredictedItems({ predictions, classes, children }: Props) {
  return (
    <Panel
      title="Items"
      note="By log loss: how improbable the run held what is true. Below a picture: its likeliest classes."
    >
      <ul className="sample-grid">
        {predictions.map(({ item, logLoss, ...prediction }) => (
          <li key={item.id}>
            <MaskedImage src={item.thumbnailUrl} alt={item.name} aspect={item.width / item.height} />
            <div className="item-caption">
              <span className="item-name">{item.name}</span>
              <span>log loss {score(logLoss)}</span>
            </div>
            <div className="item-caption">
              <b style={{ color: "var(--mantine-color-text)" }}>true: {truthText(classes, prediction)}</b>
              <span>said: {saidText(classes, prediction)}</span>
            </div>
          </li>
        ))}
      </ul>
      {children}
    </Panel>
  );
}
