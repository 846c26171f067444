/**
 * Noise measured from two label versions, the whole way: NIH's text-mined labels against adjudicated ones are the opinions of two readers,
 * the diff counts them, the form makes a matrix of the counts, and the noise of that matrix is as frequent as the errors were.
 */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseRule } from "@tessera/domain/labels/parseRule";
import { addClassNoise, type LabelledItem } from "@tessera/domain/noise/classNoise";
import { insertAnnotations } from "@tessera/store/annotations";
import { createDataset } from "@tessera/store/datasets";
import { insertItems } from "@tessera/store/items";
import { ensureSchema } from "@tessera/store/labelSchemas";
import { freezeLabelVersion } from "@tessera/store/labelVersions";
import { ensureProject } from "@tessera/store/projects";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { measuredMatrices } from "@/features/labels/noiseMatrix";
import { emptyForm, ruleOf } from "@/features/labels/ruleForm";
import { type Film, findings, readFilms } from "../../bench/cxr-labels/films.ts";
import { sha, startWorld, type World } from "./world.ts";

const folder = resolve(process.env.CXR_LABELS ?? "../shared/data/cxr-labels");
const missing = !existsSync(folder);
if (missing) console.warn(`SKIPPED test/api/measuredNoise.test.ts: ${folder} does not exist`);

const most = 2000;
type Reading = "adjudicated" | "labelled";

describe.skipIf(missing)("noise measured from NIH v. adjudicated", () => {
  let world: World;
  let films: (readonly Film[])[];
  let ids: Record<Reading, string>;
  const schema = { classes: findings.map(({ name }) => name), exclusive: false } as const;

  beforeAll(async () => {
    world = await startWorld();
    const { adjudicated } = readFilms();
    films = findings.map(({ name }) => adjudicated.get(name)!.slice(0, most));
    const { db, teamId, owner } = world.database;
    const names = Array.from(films[0]!, (_, i) => `film ${i}`);
    await owner`
      insert into blobs (team_id, sha256, size, media_type)
      select ${teamId}, h, 1, 'image/png' from unnest(${names.map(sha)}::text[]) h`;
    ids = await db.asTeam(teamId, async (sql) => {
      const { id: projectId } = await ensureProject(sql, teamId, "Chest");
      const dataset = await createDataset(sql, teamId, { projectId, name: "films", modality: "xray" });
      const plain = { width: 8, height: 8, subjectKnown: true, site: null, spacingMm: null };
      const rows = names.map((name, i) => {
        const sha256 = sha(name);
        return {
          datasetId: dataset.id,
          name,
          sha256,
          thumbnailSha256: sha256,
          subject: films[0]![i]!.patient,
          ...plain,
        };
      });
      const { inserted } = await insertItems(sql, teamId, rows);
      const itemOf = new Map(inserted.map(({ name, id }) => [name, id]));
      const labels = await ensureSchema(sql, teamId, { datasetId: dataset.id, task: "classification", ...schema });
      const versionOf = async (reading: Reading) => {
        const opinions = names.map((name, i) => ({
          ...{ itemId: itemOf.get(name)!, schemaId: labels.id, reader: reading, maskSha256: null, boxes: null },
          ...{ classValues: films.map((finding) => finding[i]![reading]), regionPixels: [], components: [] },
        }));
        const made = await insertAnnotations(sql, teamId, opinions);
        const frozen = made.map(({ id, itemId }) => ({ itemId, annotationId: id }));
        const version = { datasetId: dataset.id, schemaId: labels.id, rule: reading, note: "", labels: frozen };
        return (await freezeLabelVersion(sql, teamId, version)).id;
      };
      return { adjudicated: await versionOf("adjudicated"), labelled: await versionOf("labelled") };
    });
  });
  afterAll(() => world?.close());

  it("has the counts of the tables, and becomes noise that errs as often", async () => {
    type Change = Parameters<typeof measuredMatrices>[0][number];
    const { data, errors } = await world.graphql<{ labelVersionDiff: { classChanges: Change[] } }>(
      world.tokens.researcher,
      `query ($a: UUID!, $b: UUID!) { labelVersionDiff(a: $a, b: $b) { classChanges { classIndex before after items } } }`,
      { a: ids.adjudicated, b: ids.labelled },
    );
    expect(errors).toBeUndefined();
    const { matrices, counts } = measuredMatrices(data!.labelVersionDiff.classChanges, schema as never);
    const counted = films.map((finding) =>
      [0, 1].map((truth) =>
        [0, 1].map((label) => finding.filter((film) => film.adjudicated === truth && film.labelled === label).length),
      ),
    );
    expect(counts).toEqual(counted);

    const measured = { source: "measured", trueId: ids.adjudicated, labelId: ids.labelled, matrices, counts } as const;
    const form = { ...emptyForm, kind: "noise", model: "asymmetric", seed: 1, matrix: measured };
    const rule = parseRule(ruleOf(form, { ...schema, task: "CLASSIFICATION" } as never), {
      ...schema,
      task: "classification",
    });
    const items = films[0]!.map((_, i): LabelledItem => ({ key: sha(`film ${i}`), values: films.map((finding) => finding[i]!.adjudicated) })); // biome-ignore format: one line
    const model = (rule as Extract<typeof rule, { kind: "noise" }>).model;
    const { values } = addClassNoise(items, model as never, 1, { classes: findings.length, exclusive: false });
    for (const [index, finding] of films.entries()) {
      for (const truth of [0, 1] as const) {
        const of = values.filter((_, i) => finding[i]!.adjudicated === truth);
        const expected = matrices[index]![truth]![1 - truth]!;
        const changed = of.filter((value) => value[index] !== truth).length / of.length;
        const error = Math.sqrt((expected * (1 - expected)) / of.length);
        expect(Math.abs(changed - expected), `${findings[index]!.name}, true ${truth}`).toBeLessThan(4 * error + 1e-12);
      }
    }
  });
});
