"use client";
import { useQuery } from "@apollo/client/react";
import { Button, Code, Text, Title } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useViewer } from "@/features/shell/viewer";
import { graphql } from "@/gql";
import { Loaded } from "@/ui/Loaded";

const FirstStepsQuery = graphql(`
  query FirstSteps {
    datasets(first: 50) { edges { node { id name labelVersions { id } splits { id } } } }
    workers { id alive }
  }
`);

/** What an empty team does first: data, a worker, an experiment. What is done already is ticked. */
export function FirstSteps() {
  const query = useQuery(FirstStepsQuery, { pollInterval: 10_000 });
  const { mayResearch } = useViewer();
  return (
    <Loaded query={query}>
      {({ datasets, workers }) => {
        const nodes = datasets.edges.map((edge) => edge.node);
        const hasData = nodes.some((node) => node.labelVersions.length > 0 && node.splits.length > 0);
        const begun = nodes[0];
        const hasWorker = workers.some((worker) => worker.alive);
        return (
          <div style={{ padding: "20px 20px 24px", maxWidth: 720 }}>
            <Title order={2}>No experiments yet: three steps to the first answer</Title>
            <Text size="sm" c="dimmed">
              An experiment trains every arm with every seed on the same split, and answers with an interval.
            </Text>
            <ol className="first-steps">
              <Step
                done={hasData}
                name="Bring in images and masks"
                action={
                  mayResearch &&
                  !hasData && (
                    <Button component={Link} href={begun ? `/datasets/${begun.id}?tab=imports` : "/datasets?new=1"}>
                      {begun ? `Import into ${begun.name}` : "New dataset"}
                    </Button>
                  )
                }
              >
                Make a dataset and import a folder into it: that makes label version 1 and a split by subject.
              </Step>
              <Step done={hasWorker} name="Have a worker">
                {hasWorker ? (
                  "One is alive and waits for runs."
                ) : (
                  <>
                    It trains the runs. Start one on any machine that reaches the database:{" "}
                    <Code>npm run tessera -- worker</Code>
                  </>
                )}
              </Step>
              <Step
                done={false}
                name="Ask a question"
                action={
                  mayResearch && (
                    <Button
                      component={Link}
                      href="/experiments/new"
                      variant={hasData ? "filled" : "default"}
                      data-disabled={!hasData || undefined}
                      aria-disabled={!hasData}
                      onClick={(event) => !hasData && event.preventDefault()}
                    >
                      New experiment
                    </Button>
                  )
                }
              >
                Two arms, five seeds: the fewest that give a verdict.
              </Step>
            </ol>
            <Text size="sm" c="dimmed">
              To see all of this filled in first, run <Code>npm run tessera -- demo</Code>: synthetic images, a real
              training, a real answer.
            </Text>
          </div>
        );
      }}
    </Loaded>
  );
}

interface StepProps {
  readonly done: boolean;
  readonly name: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

function Step({ done, name, action, children }: StepProps) {
  return (
    <li data-done={done || undefined}>
      <Text fw={600}>
        {name}
        {done && (
          <>
            {" "}
            <IconCircleCheck size={16} color="var(--done)" style={{ verticalAlign: "-3px" }} aria-hidden />
            <span className="mantine-visually-hidden">done</span>
          </>
        )}
      </Text>
      <Text size="sm" c="dimmed" component="div">
        {children}
      </Text>
      {action && <div style={{ marginTop: 8 }}>{action}</div>}
    </li>
  );
}
