"use client";
import { Tabs } from "@mantine/core";
import { boards } from "@/features/scoredSet/boards";
import { plural } from "@/lib/format";
import { useQueryParam } from "@/lib/useQueryParam";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";

const list = { href: "/runs", label: "Runs" };

/** Any runs, foreign ones too, scored together: the address names them. */
export function ScoresPage() {
  const [text] = useQueryParam("runs", "");
  const [tab, setTab] = useQueryParam("tab", boards[0]!.tab);
  const runIds = [...new Set(text.split(",").filter((id) => id !== ""))];
  return (
    <Page
      title="Scores of chosen runs"
      tabTitle="Scores"
      crumbs={[list]}
      lead={`${plural(runIds.length, "run")}, scored on the same items. Runs of one arm that differ in their seed are one arm here.`}
    >
      {runIds.length === 0 ? (
        <section className="panel">
          <Empty title="No runs are chosen">Tick runs in the list of runs, then choose “Score together”.</Empty>
        </section>
      ) : (
        <Tabs value={tab} onChange={(value) => setTab(value ?? boards[0]!.tab)} keepMounted={false}>
          <Tabs.List mb="md">
            {boards.map((board) => (
              <Tabs.Tab key={board.tab} value={board.tab}>
                {board.title}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {boards.map(({ tab: name, Board }) => (
            <Tabs.Panel key={name} value={name}>
              <Board source={{ kind: "runs", runIds }} />
            </Tabs.Panel>
          ))}
        </Tabs>
      )}
    </Page>
  );
}
