"use client";
import { Alert, Text } from "@mantine/core";
import { PairCard } from "@/features/duplicates/PairCard";
import { plural } from "@/lib/format";
import { type ChainNode, nodeTitle } from "./nodeText.ts";

/** The flag: pictures of the test fold that weights of the chain were trained or chosen on. */
export function OverlapPanel({ hops }: { readonly hops: readonly ChainNode[] }) {
  const seen = hops.filter(({ overlap }) => (overlap?.count ?? 0) > 0);
  return (
    <Alert color="red" variant="light" title="The chain has seen test pictures" role="alert">
      <Text size="sm">
        Weights of this chain were trained or chosen on pictures that this run's test fold asks about. Its test score is
        no test, and new experiments from these weights on this split are refused.
      </Text>
      {seen.map((hop) => (
        <div key={hop.id}>
          <Text fw={600} mt="sm">
            {nodeTitle(hop)}: {plural(hop.overlap!.count, "picture")}
          </Text>
          <ul className="duplicate-grid" style={{ padding: "6px 0" }}>
            {hop.overlap!.pairs.slice(0, 12).map((pair) => (
              <PairCard key={`${pair.first.id} ${pair.second.id}`} pair={pair} />
            ))}
          </ul>
        </div>
      ))}
    </Alert>
  );
}
