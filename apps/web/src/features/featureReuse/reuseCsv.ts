/** @file The answer as CSV: every cell by every estimator, and the distances. */
import { csvText } from "@/lib/csv";
import { type Answer, cellOf, estimatorName } from "./comparison.ts";

export const cellsCsv = (answer: Answer): string =>
  csvText(
    ["block_a", "block_b", "estimator", "cka", "random_mean", "random_95", "shuffled_mean", "shuffled_95", "inside_null", "items", "draws"], // biome-ignore format: one line
    answer.similarities.flatMap((similarity) =>
      answer.blocksA.flatMap((blockA, row) =>
        answer.blocksB.map((blockB, column) => {
          const { value, random, shuffled, inRandom, inShuffled } = cellOf(similarity, row, column);
          const mean = (matrix: typeof similarity.values) => matrix[row]?.[column];
          return [
            ...[blockA, blockB, estimatorName[similarity.estimator], value, mean(similarity.randomMean), random],
            ...[mean(similarity.shuffledMean), shuffled, inRandom || inShuffled, answer.items, answer.draws],
          ];
        }),
      ),
    ),
  );

export const distancesCsv = ({ distances }: Answer): string =>
  csvText(
    ["block", "distance", "norm_a", "norm_b", "distance_of_random_nets"],
    (distances ?? []).map((each) => [each.block, each.distance, each.normA, each.normB, each.randomDistance]),
  );
