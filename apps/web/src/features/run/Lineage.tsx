"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { importedText } from "@/features/startingWeights/sources";
import { type StartingWeights, sourceOf } from "@/features/startingWeights/startingWeights";
import type { RunWeightsQuery } from "@/gql/graphql";
import { count, score } from "@/lib/format";
import { scoreName } from "@/lib/scoreName";
import type { Run } from "./types.ts";

interface Node {
  readonly kind: string;
  readonly name: ReactNode;
  readonly href?: string;
  readonly self?: boolean;
}

/** Dataset → label version → split ↘  run → checkpoints; the starting run joins from below. */
interface Props {
  readonly run: Run;
  /** Weights that the team imported, to name those that the run started from. */
  readonly imported: RunWeightsQuery["weights"];
}

/** The starting run, the imported weights, or the statistics of either. */
function startingNode(run: Run, imported: Props["imported"]): Node {
  const { startingWeights } = run.configuration as { startingWeights?: StartingWeights };
  const source = startingWeights && sourceOf(startingWeights);
  if (!source) return { kind: "starting weights", name: run.source === "FOREIGN" ? "not told" : "random" };
  const drawn = startingWeights.kind === "statistics";
  const { startingRun } = run;
  if (source.kind === "run") {
    const name = startingRun
      ? `${startingRun.experiment ? `${startingRun.experiment.name}: ` : ""}${startingRun.arm}, seed ${startingRun.seed}`
      : source.runId;
    return { kind: drawn ? "statistics of a run" : "starting run", name, href: `/runs/${source.runId}` };
  }
  const found = imported.find(({ id }) => id === source.weightsId);
  const name = found ? `${found.name} (${importedText(found)})` : "imported weights";
  return { kind: drawn ? "statistics of imported weights" : "imported weights", name, href: "/team" };
}

export function Lineage({ run, imported }: Props) {
  const best = run.checkpoints.filter((each) => each.kind === "BEST").at(-1);
  const latest = run.checkpoints.filter((each) => each.kind === "LATEST").at(-1);
  const data: Node[] = [];
  if (run.dataset) data.push({ kind: "dataset", name: run.dataset.name, href: `/datasets/${run.dataset.id}` });
  if (run.labelVersion)
    data.push({
      kind: "label version",
      name: run.labelVersion.number,
      href: `/datasets/${run.dataset?.id}?tab=labels`,
    });
  if (run.split) data.push({ kind: "split", name: run.split.name, href: `/datasets/${run.dataset?.id}?tab=splits` });
  const weights = startingNode(run, imported);
  const self: Node = { kind: "run", name: `${run.arm || run.name}, seed ${run.seed}`, self: true };
  const made: Node[] = [];
  if (best)
    made.push({
      kind: "best checkpoint",
      name: `epoch ${best.epoch}, step ${count(best.step)}, ${scoreName(run.configuration)} ${score(best.validationScore)}`,
    });
  if (latest) made.push({ kind: "latest checkpoint", name: `epoch ${latest.epoch}, step ${count(latest.step)}` });
  if (made.length === 0) made.push({ kind: "checkpoints", name: "none yet" });

  return (
    <div className="lineage">
      <div className="lineage-sources">
        {data.length > 0 && (
          <div className="lineage-chain">
            {data.map((node) => (
              <Box key={node.kind} node={node} />
            ))}
          </div>
        )}
        <div className="lineage-chain">
          <Box node={weights} />
        </div>
      </div>
      <Box node={self} />
      <div className="lineage-made">
        {made.map((node) => (
          <Box key={node.kind} node={node} />
        ))}
      </div>
    </div>
  );
}

function Box({ node }: { readonly node: Node }) {
  const inner = (
    <>
      <span className="label">{node.kind}</span>
      <span style={{ overflowWrap: "anywhere" }}>{node.name}</span>
    </>
  );
  const className = node.self ? "lineage-box lineage-self" : "lineage-box";
  return node.href ? (
    <Link href={node.href} className={className}>
      {inner}
    </Link>
  ) : (
    <div className={className}>{inner}</div>
  );
}
