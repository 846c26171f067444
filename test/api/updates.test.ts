import { mostStreams } from "@tessera/api/updates/feeds";
import { claimRun, endAttempt, ingest } from "@tessera/store/claims";
import type { Database } from "@tessera/store/database";
import { createForeignRun } from "@tessera/store/runs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Planted, plant, startWorld, type World } from "./world.ts";

let looks = 0;
const counting = (db: Database): Database => ({
  ...db,
  asTeam: (teamId, work, reader) => {
    looks++;
    return db.asTeam(teamId, work, reader);
  },
});

let world: World;
let planted: Planted;
beforeAll(async () => {
  world = await startWorld({}, counting);
  planted = await plant(world, world.database.teamId);
});
afterAll(() => world.close());

interface Event {
  readonly data?: { runUpdates?: RunUpdate; experimentUpdates?: ExperimentUpdate } | null;
  readonly errors?: { extensions: { code: string } }[];
}
interface RunUpdate {
  run: { state: string };
  points: { series: string; steps: number[]; values: (number | null)[] }[];
  samples: object[];
}
interface ExperimentUpdate {
  experiment: { name: string };
  runs: { id: string }[];
  points: { runId: string; series: string; steps: number[] }[];
}

/** The events of a subscription, one by one. */
async function* listen(query: string, token: string, signal?: AbortSignal): AsyncGenerator<Event> {
  const response = await fetch(`${world.url}/graphql/stream`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
    ...(signal ? { signal } : {}),
  });
  expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
  let text = "";
  for await (const chunk of response.body!) {
    text += Buffer.from(chunk).toString();
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (block.includes("event: next") && data) yield JSON.parse(data);
    }
  }
}

const next = async (events: AsyncGenerator<Event>): Promise<Event> => (await events.next()).value;
const runQuery = (id: string) =>
  `subscription { runUpdates(runId: "${id}") { run { state step } points { series steps values } samples { epoch item { name } } } }`;

async function foreignRun() {
  const { db, teamId, userId } = world.database;
  const run = { projectName: "P", name: "live", configuration: {}, createdBy: userId, codeCommit: "" };
  const { id } = await db.asTeam(teamId, (sql) => createForeignRun(sql, teamId, run));
  let sequence = 0;
  const log = (steps: number[]) => {
    const events = [
      { type: "points" as const, series: "loss", steps, values: steps.map((step) => (step === 3 ? Number.NaN : step)) },
    ];
    return ingest(db, { teamId, runId: id, attempt: 1, sequence: ++sequence, events });
  };
  return { id, log };
}

describe("runUpdates", () => {
  it("sends everything first, then only what is new", async () => {
    const run = await foreignRun();
    await run.log([1, 2]);
    const events = listen(runQuery(run.id), world.tokens.viewer);
    const first = (await next(events)).data!.runUpdates!;
    expect(first.points).toEqual([{ series: "loss", steps: [1, 2], values: [1, 2] }]);
    await run.log([3, 4]);
    expect((await next(events)).data!.runUpdates!.points).toEqual([
      { series: "loss", steps: [3, 4], values: [null, 4] },
    ]);
    await world.graphql(
      world.tokens.researcher,
      `mutation { finishForeignRun(id: "${run.id}", state: SUCCEEDED) { id } }`,
    );
    const last = (await next(events)).data!.runUpdates!;
    expect([last.run.state, last.points]).toEqual(["SUCCEEDED", []]);
    await events.return(undefined);
  });

  it("holds samples, once", async () => {
    const events = listen(runQuery(planted.runIds[0]!), world.tokens.viewer);
    const first = (await next(events)).data!.runUpdates!;
    expect(first.samples).toEqual([{ epoch: 1, item: { name: "item 04" } }]);
    expect(first.points.map((each) => each.series)).toEqual(["train/loss", "validation/dice"]);
    await events.return(undefined);
  });

  it("sends again what a newer attempt replaces", async () => {
    const { db, teamId } = world.database;
    const { experimentId } = await freshExperiment();
    const claim = () => claimRun(db, { teamId, workerId: planted.workerId, leaseSeconds: 60 });
    const old = (await claim())!;
    const points = (steps: number[], value: number) => ({
      type: "points" as const,
      series: "loss",
      steps,
      values: steps.map(() => value),
    });
    const sha256 = "a".repeat(64);
    const checkpoint = {
      type: "checkpoint" as const,
      kind: "latest" as const,
      step: 2,
      epoch: 1,
      sha256,
      validationScore: null,
    };
    const send = (attempt: number, sequence: number, events: Parameters<typeof ingest>[1]["events"]) =>
      ingest(db, { teamId, runId: old.id, attempt, sequence, events });
    await send(old.attempt, 1, [points([1, 2], 1), checkpoint, points([3, 4], 1)]);
    const events = listen(runQuery(old.id), world.tokens.viewer);
    expect((await next(events)).data!.runUpdates!.points[0]!.steps).toEqual([1, 2, 3, 4]);
    await endAttempt(db, { teamId, runId: old.id, attempt: old.attempt, outcome: "lost" });
    const again = (await claim())!;
    expect([again.id, again.attempt]).toEqual([old.id, old.attempt + 1]);
    await send(again.attempt, 1, [points([3], 2)]);
    const seen: number[][] = [];
    while (seen.length === 0) {
      for (const each of (await next(events)).data!.runUpdates!.points) seen.push(each.steps, each.values as number[]);
    }
    expect(seen).toEqual([[3], [2]]);
    await events.return(undefined);
    await world.graphql(world.tokens.researcher, `mutation { cancelRun(id: "${old.id}") { id } }`);
    expect(experimentId).toBeDefined();
  });

  it("ends with UNAUTHENTICATED at the first push after the token is revoked", async () => {
    const run = await foreignRun();
    const token = await world.token("viewer");
    const events = listen(runQuery(run.id), token);
    await next(events);
    await world.database
      .owner`update api_tokens set revoked_at = now() where token_hash = sha256(${token}::text::bytea)`;
    await run.log([1]);
    const refused = await next(events);
    expect(refused.errors![0]!.extensions.code).toBe("UNAUTHENTICATED");
    expect(refused.data?.runUpdates ?? null).toBeNull();
    expect((await events.next()).done).toBe(true);
  });

  it("says NOT_FOUND for a run that is not there", async () => {
    const events = listen(runQuery("00000000-0000-4000-8000-000000000000"), world.tokens.viewer);
    expect((await next(events)).errors![0]!.extensions.code).toBe("NOT_FOUND");
  });

  it("asks the database once for all who watch, and stops when they leave", async () => {
    const run = await foreignRun();
    const stop = new AbortController();
    const all = Array.from({ length: 10 }, () => listen(runQuery(run.id), world.tokens.viewer, stop.signal));
    await Promise.all(all.map(next));
    const before = looks;
    await new Promise((resolve) => setTimeout(resolve, 1600));
    expect(looks - before).toBeLessThanOrEqual(4); // one feed, two looks a second; not ten
    await run.log([1]);
    const heard = await Promise.all(all.map(next));
    expect(heard.every((event) => event.data!.runUpdates!.points[0]!.steps[0] === 1)).toBe(true);
    stop.abort();
    await expect.poll(() => world.feeds.size, { timeout: 5000 }).toBe(0);
  });
});

describe("streams", () => {
  it("are limited per person, and free again when closed", async () => {
    const run = await foreignRun();
    const stop = new AbortController();
    const open = () =>
      fetch(`${world.url}/graphql/stream`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "text/event-stream",
          authorization: `Bearer ${world.tokens.viewer}`,
        },
        body: JSON.stringify({ query: `subscription { runUpdates(runId: "${run.id}") { run { state } } }` }),
        signal: stop.signal,
      });
    const kept: Response[] = []; // a response that nobody holds is collected, and its stream closed
    const status = async () => {
      const response = await open();
      kept.push(response);
      return response.status;
    };
    await expect.poll(() => world.feeds.size, { timeout: 5000 }).toBe(0);
    expect(await Promise.all(Array.from({ length: mostStreams }, status))).toEqual(Array(mostStreams).fill(200));
    expect(await status()).toBe(429);
    stop.abort();
    await expect.poll(() => world.feeds.size, { timeout: 5000 }).toBe(0);
    expect(kept).toHaveLength(mostStreams + 1);
  });
});

describe("experimentUpdates", () => {
  it("holds the runs that changed and the points of validation/dice", async () => {
    const query = `subscription { experimentUpdates(experimentId: "${planted.experimentId}") {
      experiment { name } runs { id state } points { runId series steps } } }`;
    const events = listen(query, world.tokens.viewer);
    const first = (await next(events)).data!.experimentUpdates!;
    expect(first.experiment.name).toBe("Does B help?");
    expect(first.runs).toHaveLength(4);
    expect(first.points).toHaveLength(4);
    expect(new Set(first.points.map((each) => each.series))).toEqual(new Set(["validation/dice"]));
    await events.return(undefined);
  });
});

async function freshExperiment() {
  const { data } = await world.graphql<{ createExperiment: { id: string } }>(
    world.tokens.researcher,
    "mutation ($input: CreateExperimentInput!) { createExperiment(input: $input) { id } }",
    {
      input: {
        projectName: "Polyps",
        name: "resumed",
        question: "?",
        labelVersionId: planted.labelVersionId,
        splitId: planted.splitId,
        base: (await world.graphql<{ defaultConfiguration: object }>(world.tokens.viewer, "{ defaultConfiguration }"))
          .data!.defaultConfiguration,
        arms: [{ name: "one", changes: {} }],
        seeds: [0],
      },
    },
  );
  return { experimentId: data!.createExperiment.id };
}
