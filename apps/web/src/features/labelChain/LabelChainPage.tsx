"use client";
import { useQuery } from "@apollo/client/react";
import { List, NativeSelect, SimpleGrid, Stack, Text } from "@mantine/core";
import { percent, plural } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useQueryParam } from "@/lib/useQueryParam";
import { CsvButton } from "@/ui/CsvButton";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { GainPlot } from "./GainPlot.tsx";
import { GainTable } from "./GainTable.tsx";
import { boardCsv, type Chain, rateText } from "./model.ts";
import { QualityTable } from "./QualityTable.tsx";
import { LabelChainQuery } from "./queries.ts";
import { RateMatrix } from "./RateMatrix.tsx";
import { StageFlow } from "./StageFlow.tsx";

const list = { href: "/label-chains", label: "Label chains" };

/** Board 22: what becomes of a class from the image to the label, and which step costs most. */
export function LabelChainPage({ id }: { readonly id: string }) {
  const [set, setSet] = useQueryParam("set", "");
  const query = useQuery(LabelChainQuery, { variables: { id, set: set === "" ? null : set } });
  return (
    <Loaded query={{ ...query, data: query.data ?? query.previousData }} back={list}>
      {({ labelChain: chain }) =>
        chain ? (
          <Page
            title={chain.name}
            tabTitle={chain.name}
            crumbs={[list]}
            lead={`${chain.project.name} · by ${chain.createdBy}${chain.note ? `. ${chain.note}` : ""}`}
            actions={
              <>
                {chain.sets.length > 0 && (
                  <NativeSelect
                    aria-label="Set"
                    value={set}
                    data={[
                      { value: "", label: "all sets together" },
                      ...chain.sets.map((each) => ({ value: each, label: each })),
                    ]}
                    onChange={(event) => setSet(event.currentTarget.value)}
                  />
                )}
                <CsvButton what="the board" text={() => boardCsv(chain)} file={fileName(chain.name, "label chain")} />
              </>
            }
          >
            <Panels chain={chain} />
          </Page>
        ) : (
          <Page title="No such chain" tabTitle="Label chain" crumbs={[list]}>
            <section className="panel">
              <Empty title="This team has no such label chain">It may be another team’s, or the address is cut.</Empty>
            </section>
          </Page>
        )
      }
    </Loaded>
  );
}

function Panels({ chain }: { readonly chain: Chain }) {
  const { board, classes } = chain;
  const { composed, direct, againstDirect } = board;
  const several = board.stages.length > 1;
  const at = chain.prevalence
    ? `at ${chain.prevalence.map((share, k) => `${percent(share)} ${classes[k]}`).join(", ")} (${chain.prevalenceSource})`
    : "at the prevalence that the first stage’s sample says";
  return (
    <Stack gap="md">
      <section className="panel" aria-label="Answer" style={{ padding: 16 }}>
        <Text fw={600} size="lg">
          {board.fixFirstText}
        </Text>
        <Text size="sm" mt={4}>
          {rateText(composed.accuracy)} of all labels are right {at}; 95 % intervals.
        </Text>
        {board.assumption && (
          <Text size="sm" c="dimmed" mt={4}>
            {board.assumption}
          </Text>
        )}
      </section>
      {board.warnings.length > 0 && (
        <Panel title="To know before reading the intervals">
          <List size="sm">
            {board.warnings.map((warning) => (
              <List.Item key={warning}>{warning}</List.Item>
            ))}
          </List>
        </Panel>
      )}
      <Panel
        title="Stage by stage"
        note="Of the items of a class before, the share that comes out as each class after, with its 95 % interval."
      >
        <StageFlow chain={chain} />
      </Panel>
      <SimpleGrid cols={{ base: 1, lg: several && direct ? 2 : 1 }} spacing="md">
        {several && (
          <Panel title="Composed: image → label" note={`The stages one after another. The labels’ worth is ${at}.`}>
            <RateMatrix label="Composed matrix" classes={classes} matrix={composed.matrix} />
            <QualityTable label="Worth of the labels, composed" classes={composed.classes} />
          </Panel>
        )}
        {!several && (
          <Panel title="What the labels are worth" note={`${at}.`}>
            <QualityTable label="Worth of the labels" classes={composed.classes} />
          </Panel>
        )}
        {direct && (
          <Panel
            title="Direct: image → label"
            note={`n = ${plural(board.directItems, "item")}. ${chain.direct?.source}.`}
          >
            <RateMatrix label="Direct matrix" classes={classes} matrix={direct.matrix} />
            <QualityTable label="Worth of the labels, direct" classes={direct.classes} />
          </Panel>
        )}
      </SimpleGrid>
      {againstDirect && (
        <Panel
          title="Does the assumption hold?"
          note="Composed minus direct, in points; tinted where the entry’s interval leaves out 0."
        >
          <Text mb="xs" fw={againstDirect.contradicted ? 600 : 400}>
            {againstDirect.text}
          </Text>
          <RateMatrix label="Composed minus direct" classes={classes} matrix={againstDirect.differences} differences />
        </Panel>
      )}
      {several && (
        <Panel
          title="If one stage were perfect"
          note={`Gain in label accuracy, in points of all labels, with 95 % intervals, ${at}.`}
        >
          <GainPlot
            stages={board.stages}
            first={board.fixFirst ?? null}
            file={fileName(chain.name, "gain per stage")}
          />
          <GainTable stages={board.stages} />
        </Panel>
      )}
    </Stack>
  );
}
