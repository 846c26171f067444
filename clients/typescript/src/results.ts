/** @file An experiment's evaluations as flat rows. */
import { TesseraError } from "./error.ts";
import type { Query } from "./query.ts";

export interface ResultRow {
  readonly experiment: string;
  readonly runId: string;
  readonly arm: string;
  readonly seed: number;
  readonly fold: string;
  /** Number of the label version it was scored on. */
  readonly labelVersion: number;
  readonly item: string;
  readonly subject: string;
  readonly classIndex: number;
  /** Null where the convention leaves it undefined. */
  readonly dice: number | null;
  readonly regionShare: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

interface ScorePage {
  readonly edges: readonly { readonly node: Omit<ResultRow, "item"> & { item: { name: string; subject: string } } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const runsDocument = "query ($id: UUID!) { experiment(id: $id) { name runs { id arm seed } } }";
const scoresDocument = `query ($id: UUID!, $fold: Fold!, $after: String) {
  run(id: $id) {
    evaluation(fold: $fold) {
      labelVersion { number }
      itemScores(first: 500, after: $after) {
        edges { node {
          item { name subject } classIndex dice regionShare truePositives falsePositives falseNegatives trueNegatives
        } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

export async function readResults(query: Query, experimentId: string, fold: string): Promise<ResultRow[]> {
  const { experiment } = await query<{
    experiment: { name: string; runs: { id: string; arm: string; seed: number }[] } | null;
  }>(runsDocument, { id: experimentId });
  if (!experiment) throw new TesseraError("NOT_FOUND", `No experiment ${experimentId} in this team`);
  const rows: ResultRow[] = [];
  for (const { id: runId, arm, seed } of experiment.runs) {
    let after: string | null = null;
    do {
      type Answer = { run: { evaluation: { labelVersion: { number: number }; itemScores: ScorePage } | null } };
      const answer: Answer = await query<Answer>(scoresDocument, { id: runId, fold, after });
      const { evaluation }: Answer["run"] = answer.run;
      if (!evaluation) break; // not scored yet
      const { labelVersion, itemScores }: NonNullable<Answer["run"]["evaluation"]> = evaluation;
      for (const { node } of itemScores.edges) {
        const { item, ...counts } = node;
        const origin = {
          experiment: experiment.name,
          runId,
          arm,
          seed,
          fold,
          labelVersion: labelVersion.number,
        };
        rows.push({ ...origin, ...counts, item: item.name, subject: item.subject });
      }
      after = itemScores.pageInfo.hasNextPage ? itemScores.pageInfo.endCursor : null;
    } while (after !== null);
  }
  return rows;
}
