"use client";
import { useQuery } from "@apollo/client/react";
import { Stack, Text } from "@mantine/core";
import type { LedgerFieldsFragment } from "@/gql/graphql";
import { fileName } from "@/lib/saveFile";
import { useQueryParam } from "@/lib/useQueryParam";
import { CsvButton } from "@/ui/CsvButton";
import { Panel } from "@/ui/Panel";
import { BoardFrame } from "../BoardFrame.tsx";
import type { SetModel } from "../model.ts";
import { LedgerQuery } from "../queries.ts";
import { type BoardProps, useSetChoice } from "../useSetChoice.ts";
import { ConventionChart } from "./ConventionChart.tsx";
import { LedgerTable } from "./LedgerTable.tsx";
import { ledgerCsv } from "./ledgerCsv.ts";
import { SpreadChart } from "./SpreadChart.tsx";
import { ledgerSentence, swapSentence } from "./sentences.ts";
import { ThresholdPanel } from "./ThresholdPanel.tsx";

/** The same counts under every convention of Dice. */
export function LedgerTab(props: BoardProps) {
  const choice = useSetChoice(props.source);
  const [text, setThreshold] = useQueryParam("threshold", "");
  const threshold = text !== "" && Number.isFinite(Number(text)) ? Number(text) : null;
  const { classIndex: _, ...variables } = choice.variables;
  const query = useQuery(LedgerQuery, { variables: { ...variables, threshold }, fetchPolicy: "no-cache" });
  return (
    <BoardFrame {...props} choice={choice} query={query} classes="all" measured={false} keepPrevious>
      {(set, model) => (
        <Ledger
          set={set}
          model={model}
          asked={threshold}
          onThreshold={(value) => setThreshold(value === null ? "" : String(value))}
        />
      )}
    </BoardFrame>
  );
}

interface Props {
  readonly set: LedgerFieldsFragment;
  readonly model: SetModel;
  /** The threshold in the address: what is shown may still be of another one. */
  readonly asked: number | null;
  readonly onThreshold: (threshold: number | null) => void;
}

function Ledger({ set, model, asked, onThreshold }: Props) {
  const { ledger } = set;
  const arms = model.arms.map((arm) => ({
    ...arm,
    thresholds: set.arms.find((each) => each.arm === arm.name)?.thresholds ?? [],
  }));
  const at = typeof ledger.threshold === "number" ? `at threshold ${ledger.threshold}` : "at each run’s own threshold";
  return (
    <>
      <div className="figure-aside">
        <Panel
          title="The same masks, every convention"
          note={`Dice per arm under each convention, ${at}; line: 95 % interval over seeds. Rings: two arms change places. The columns say what a convention averages, whether the background counts, and what an item without any region scores. ${model.basis}.`}
        >
          <Text className="finding" mb="md" fz="lg" fw={600} lh={1.3}>
            {ledgerSentence(ledger)}
          </Text>
          <ConventionChart ledger={ledger} arms={model.arms} />
        </Panel>
        <Stack gap="md">
          <Panel title="Spread" note="Lowest to highest Dice by convention; the mark is the reference convention.">
            <SpreadChart ledger={ledger} arms={model.arms} />
          </Panel>
          {model.arms.length > 1 && (
            <Panel title="Swaps" note="Orders of means, against the reference convention; no verdicts.">
              <Swaps ledger={ledger} />
            </Panel>
          )}
        </Stack>
      </div>
      <ThresholdPanel ledger={ledger} model={model} arms={arms} asked={asked} onThreshold={onThreshold} />
      <Panel
        flush
        title="Ledger"
        note={`Mean ± SD over seeds and 95 % interval, ${at}. ${model.basis}.`}
        actions={<CsvButton what="the ledger" text={() => ledgerCsv(ledger, model)} file={fileName("Dice ledger")} />}
      >
        <LedgerTable ledger={ledger} arms={model.arms} />
      </Panel>
    </>
  );
}

function Swaps({ ledger }: { readonly ledger: LedgerFieldsFragment["ledger"] }) {
  if (ledger.swaps.length === 0) return <Text size="sm">No convention changes the order of the arms.</Text>;
  return (
    <Stack gap={8} component="ul" pl="md" m={0}>
      {ledger.swaps.map((swap) => (
        <Text key={`${swap.key} ${swap.armX} ${swap.armY}`} component="li" size="sm">
          {swapSentence(ledger, swap)}
        </Text>
      ))}
    </Stack>
  );
}
