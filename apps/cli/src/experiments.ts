/** @file An experiment by its name: made once, found again later. */
import type { TesseraClient } from "@tessera/client/client";

export interface ExperimentRef {
  readonly id: string;
  readonly runs: readonly { readonly id: string }[];
}

/** An experiment's name is unique in its project, so a second start finds the first one's runs. */
export async function ensureExperiment(
  client: TesseraClient,
  input: { name: string } & Record<string, unknown>,
): Promise<ExperimentRef> {
  const known = await experimentNamed(client, input.name);
  if (known) {
    await requeueBroken(client, known.runs);
    return known;
  }
  const { createExperiment } = await client.query<{ createExperiment: ExperimentRef }>(
    `mutation ($input: CreateExperimentInput!) { createExperiment(input: $input) { id runs { id } } }`,
    { input },
  );
  return createExperiment;
}

/** A transfer study by its name: what it lacks of these arms, fractions and seeds is queued, and what failed of it tried again. */
export async function ensureTransferStudy(
  client: TesseraClient,
  input: { name: string } & Record<string, unknown>,
): Promise<ExperimentRef> {
  const study = await ensureExperimentBy(client, "createTransferStudy", "CreateTransferStudyInput", input);
  await requeueBroken(client, study.runs);
  return study;
}

/** By a mutation that answers a second call with the experiment of the first. */
export async function ensureExperimentBy(
  client: TesseraClient,
  mutation: string,
  inputType: string,
  input: Readonly<Record<string, unknown>>,
): Promise<{ readonly id: string; readonly runs: KnownExperiment["runs"] }> {
  type Answer = { study: { id: string; runs: { id: string; state: string }[] } };
  const document = `mutation ($input: ${inputType}!) { study: ${mutation}(input: $input) { id runs { id state } } }`;
  return (await client.query<Answer>(document, { input })).study;
}

interface KnownExperiment {
  readonly id: string;
  readonly name: string;
  readonly runs: readonly { readonly id: string; readonly state: string }[];
}

async function experimentNamed(client: TesseraClient, name: string): Promise<KnownExperiment | null> {
  type Page = {
    experiments: { edges: { node: KnownExperiment }[]; pageInfo: { endCursor: string | null; hasNextPage: boolean } };
  };
  const document = `query ($after: String) { experiments(first: 50, after: $after) {
    edges { node { id name runs { id state } } } pageInfo { endCursor hasNextPage } } }`;
  for (let after: string | null = null; ; ) {
    const { experiments }: Page = await client.query<Page>(document, { after });
    const known = experiments.edges.find(({ node }) => node.name === name);
    if (known) return known.node;
    if (!experiments.pageInfo.hasNextPage) return null;
    after = experiments.pageInfo.endCursor;
  }
}

/** Asking again is asking for another try: each goes on from its last checkpoint. */
export async function requeueBroken(client: TesseraClient, runs: KnownExperiment["runs"]): Promise<void> {
  for (const { id, state } of runs) {
    if (state !== "FAILED" && state !== "CANCELLED") continue;
    await client.query("mutation ($id: UUID!) { requeueRun(id: $id) { id } }", { id });
  }
}
