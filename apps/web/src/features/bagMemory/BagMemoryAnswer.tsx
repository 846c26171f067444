"use client";
import { useQuery } from "@apollo/client/react";
import { Stack, Text } from "@mantine/core";
import { bytes, count, percent } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { CsvButton } from "@/ui/CsvButton";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { memoryCsv, roomOf, sentenceOf } from "./model.ts";
import { BagMemoryAnswerQuery } from "./queries.ts";
import { SamplingPanel } from "./SamplingPanel.tsx";
import { SizePlot } from "./SizePlot.tsx";

/** Memory against bag size, with the worker's limit; then what drawing smaller bags risks. */
export function BagMemoryAnswer({ id }: { readonly id: string }) {
  const query = useQuery(BagMemoryAnswerQuery, { variables: { id }, fetchPolicy: "cache-first" });
  return (
    <Loaded query={query}>
      {({ inspection }) => {
        const answer = inspection?.bagMemory;
        if (!answer) return <Empty title="This inspection has no answer" />;
        const { sizes, limitBytes, features, bagsAtOnce, largestBag, largestThatFits } = answer;
        const highest = Math.max(...sizes.map(({ predictedBytes }) => predictedBytes));
        const shown = Math.min(highest, 1.5 * limitBytes); // a plan far beyond would flatten the rest
        const room = roomOf(answer);
        const said = sentenceOf(answer);
        const measured = sizes.flatMap(({ tiles, measuredBytes }) =>
          measuredBytes === null ? [] : [{ tiles, value: measuredBytes }],
        );
        const rows = sizes.map(
          ({ tiles, predictedBytes, measuredBytes }) =>
            `${count(tiles)}: ${bytes(predictedBytes)}${measuredBytes === null ? "" : `, measured ${bytes(measuredBytes)}`}`,
        );
        return (
          <Stack gap="md">
            <Panel
              title="Memory against bag size"
              note={`Highest memory of the training process: line planned, at most; circles measured through two updates and one scoring. ${features} features per tile, ${bagsAtOnce} in a step.${room === null ? "" : ` The plan is at most ${percent(room, 0)} above what was measured.`}`}
              actions={<CsvButton what="the memory" text={() => memoryCsv(answer)} file={fileName("bag memory")} />}
            >
              <Text fw={600} mb="sm">
                {said}
              </Text>
              <SizePlot
                line={sizes
                  .filter(({ predictedBytes }) => predictedBytes <= shown)
                  .map(({ tiles, predictedBytes }) => ({ tiles, value: predictedBytes }))}
                marks={measured}
                level={{ value: limitBytes, text: `limit of this worker, ${bytes(limitBytes)}` }}
                highest={Math.max(shown, ...measured.map(({ value }) => value)) * 1.05}
                text={bytes}
                title="memory of the process"
                label={`Memory by tiles in a bag. ${said} ${rows.join("; ")}`}
                file={fileName("bag memory")}
              />
            </Panel>
            <SamplingPanel largestBag={largestBag} largestThatFits={largestThatFits} />
          </Stack>
        );
      }}
    </Loaded>
  );
}
