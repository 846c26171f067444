/** An evaluation's own predictions scored on other labels, by real supervisors, killed where it hurts. */
import { pixelCounts } from "@tessera/domain/pixelCounts";
import { evaluationItems } from "@tessera/store/evaluations";
import { freezeLabelVersion, labelVersionsByIds } from "@tessera/store/labelVersions";
import { opinionsOf } from "@tessera/store/opinions";
import { createFurtherScoring } from "@tessera/store/predictionScorings";
import { type Supervisor, startSupervisor } from "@tessera/worker/supervisor";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { forkSupervisor } from "./support/forkSupervisor.ts";
import { type MaskStudy, maskStudy, readers, size } from "./support/maskStudy.ts";

const items = 25;
let study: MaskStudy;
let team: string;
let supervisor: Supervisor | undefined;
/** Scored on the first reader's labels. */
let first: { evaluationId: string; runId: string };
/** The second reader's labels. */
let otherLabels: string;
/** The first reader's again, as another version. */
let sameLabels: string;

beforeAll(async () => {
  study = await maskStudy(items);
  team = study.database.teamId;
  const [version] = await study.asTeam((sql) => labelVersionsByIds(sql, team, [study.labelVersionId]));
  const { datasetId, schemaId } = version!;
  const freeze = (reader: string, rule: string) =>
    study.asTeam(async (sql) => {
      const opinions = await opinionsOf(sql, team, { schemaId, readers: [reader] });
      const labels = opinions.map(({ itemId, annotationId }) => ({ itemId, annotationId }));
      const pinned = { rule: { kind: "singleReader", reader: rule }, from: null } as const;
      return (await freezeLabelVersion(sql, team, { datasetId, schemaId, rule, pinned, note: "", labels })).id;
    });
  otherLabels = await freeze(readers[1], "bea");
  sameLabels = await freeze(readers[0], "ada again");
  await supervise();
  const { id, runId } = await study.queueScoring();
  first = { evaluationId: (await study.scored(id)).evaluationId!, runId };
  await supervisor!.stop();
});
afterEach(async () => {
  await supervisor?.stop();
  supervisor = undefined;
});
afterAll(() => study.close());

const supervise = async () => {
  supervisor = await startSupervisor(study.workerOptions());
};
const ask = (labelVersionId: string) =>
  study.asTeam((sql) => createFurtherScoring(sql, team, { evaluationId: first.evaluationId, labelVersionId }));
const countsOf = (evaluationId: string) => study.asTeam((sql) => evaluationItems(sql, team, [evaluationId]));

it("are the same masks against the other labels, a further scoring that leaves the first as it was", async () => {
  const [before, evaluationBefore] = [await countsOf(first.evaluationId), (await study.evaluationsOf(first.runId))[0]];
  const scoring = await ask(otherLabels);
  expect(await ask(otherLabels)).toEqual(scoring);
  const dying = forkSupervisor({
    ...{ connection: study.database.connection, teamId: team, objectsDirectory: study.objectsDirectory },
    ...{ spoolDirectory: `${study.directory}/spool`, dieAt: { type: "scored", count: 10 } },
  });
  expect(await dying.gone).toBe("SIGKILL");
  expect(await study.evaluationsOf(first.runId)).toHaveLength(1);
  await study.lapse();
  await supervise();
  const { state, done, evaluationId } = await study.scored(scoring.id);
  expect([state, done]).toEqual(["succeeded", items]);

  const evaluations = await study.evaluationsOf(first.runId);
  expect(evaluations[0]).toEqual(evaluationBefore);
  expect(evaluations[1]).toMatchObject({
    ...{ id: evaluationId, scoring: 2, scoredFrom: first.evaluationId, labelVersionId: otherLabels, size, items },
  });
  expect(await countsOf(first.evaluationId)).toEqual(before);
  const counted = await countsOf(evaluationId!);
  const decoded = async (sha256: string) => study.imaging.prepareMask(await study.objects.read(team, sha256), size);
  for (const [i, { opinions, prediction }] of study.items.entries()) {
    const counts = pixelCounts(await decoded(prediction), await decoded(opinions[1]!));
    expect(counted[i]).toMatchObject({ ...counts, predictionSha256: prediction });
  }
  const queued = await study.database.owner`select from measurements where evaluation_id = ${evaluationId}`;
  expect(queued).toHaveLength(0);
  expect(await ask(otherLabels)).toMatchObject({ id: scoring.id, state: "succeeded" });
});

it("on labels that are the same are the same counts", async () => {
  await supervise();
  const { evaluationId } = await study.scored((await ask(sameLabels)).id);
  const plain = async (id: string) =>
    (await countsOf(id)).map(({ evaluationId: _, thresholdCounts: __, ...counts }) => counts);
  expect(await plain(evaluationId!)).toEqual(await plain(first.evaluationId));
});

it("are refused on the labels they are of, and of a further scoring", async () => {
  await expect(ask(study.labelVersionId)).rejects.toMatchObject({ code: "CONFLICT" });
  const further = (await study.evaluationsOf(first.runId))[1]!;
  const again = study.asTeam((sql) =>
    createFurtherScoring(sql, team, { evaluationId: further.id, labelVersionId: sameLabels }),
  );
  await expect(again).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("further scoring") });
  await expect(ask(first.runId)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
