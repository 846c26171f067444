"use client";
import { useQuery } from "@apollo/client/react";
import { Stack, Text } from "@mantine/core";
import { plural } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { CsvButton } from "@/ui/CsvButton";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { deadCsv, filtersCsv, sentenceOf, spectraCsv } from "./answer.ts";
import { DeadPlot } from "./DeadPlot.tsx";
import { DepthStrip } from "./DepthStrip.tsx";
import { FirstKernels } from "./FirstKernels.tsx";
import { FiltersAnswerQuery } from "./queries.ts";
import { SpectraPlot } from "./SpectraPlot.tsx";
import { TravelPlot } from "./TravelPlot.tsx";

/** What an inspection of filters found: depth by depth, then dead filters, distances and spectra. */
export function FilterAnswer({ id }: { readonly id: string }) {
  const query = useQuery(FiltersAnswerQuery, { variables: { id }, fetchPolicy: "cache-first" });
  return (
    <Loaded query={query}>
      {({ inspection }) => {
        const answer = inspection?.filterResponses;
        if (!answer) return <Empty title="This inspection has no answer" />;
        const { images, size, channels, validationItems, firstLayer } = answer;
        const looked = `${plural(validationItems, "validation item")}, moving averages of batch normalisation as when scored`;
        return (
          <Stack gap="md">
            <Panel
              title="The same filters on both images"
              note={`Input ${size} × ${size} px, ${channels === 1 ? "grey" : "colour"}. Of each block the last layer with a ReLU, its filters sorted by how much their answers changed. Black is 0 (or the lowest answer), white the highest of a filter's four pictures.`}
              actions={
                <CsvButton what="the responses" text={() => filtersCsv(answer)} file={fileName("filter responses")} />
              }
            >
              <Text fw={600} mb="sm">
                {sentenceOf(answer)}
              </Text>
              <div className="seen-images">
                {images.map(({ name, pictureUrl }) => (
                  <figure key={pictureUrl}>
                    {/* biome-ignore lint/performance/noImgElement: the api serves files itself, immutable and cached */}
                    <img src={pictureUrl} alt={`${name}, as the network saw it`} />
                    <figcaption>{name}</figcaption>
                  </figure>
                ))}
              </div>
              {answer.depths.map((depth) => (
                <DepthStrip key={depth.block} depth={depth} names={images.map(({ name }) => name)} />
              ))}
            </Panel>
            <Panel
              title="Dead filters"
              note={`A filter is dead where it is never above 0. Share of each layer's filters; n = ${looked}`}
              actions={
                <CsvButton what="the dead filters" text={() => deadCsv(answer)} file={fileName("dead filters")} />
              }
            >
              <DeadPlot answer={answer} />
            </Panel>
            <Panel
              title="Distance travelled"
              note="L2 norm of each filter's change from start to end, in units of its norm at the start; of each depth's filters. Kernels alone: batch normalisation may scale a filter up again."
            >
              <TravelPlot depths={answer.depths} />
            </Panel>
            <Panel
              title="Frequency content of the first layer"
              note={`${plural(firstLayer.filters.length, "kernel")} of ${firstLayer.side} × ${firstLayer.side} px, padded to 32 × 32; power averaged around the origin, each filter's as a share of its sum`}
              actions={
                <CsvButton what="the spectra" text={() => spectraCsv(answer)} file={fileName("filter spectra")} />
              }
            >
              <SpectraPlot answer={answer} />
              <FirstKernels answer={answer} />
            </Panel>
          </Stack>
        );
      }}
    </Loaded>
  );
}
