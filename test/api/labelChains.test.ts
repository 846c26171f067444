/** Label-noise chains through the api: counts given and counts from stored labels, the board, and what is refused. */
import { insertAnnotations } from "@tessera/store/annotations";
import { ensureSchema } from "@tessera/store/labelSchemas";
import { freezeLabelVersion } from "@tessera/store/labelVersions";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Planted, plant, startWorld, type World } from "./world.ts";

let world: World;
let planted: Planted;
let schemaId: string;
let versionId: string;

/** Of two findings, per item: what the report says and what was adjudicated; "-" says nothing. */
const said = { report: ["110000110000", "0000111100-0"], adjudicated: ["111000100000", "000011110000"] };

beforeAll(async () => {
  world = await startWorld();
  const { db, teamId } = world.database;
  planted = await plant(world, teamId);
  const { datasetId, itemIds } = planted;
  await db.asTeam(teamId, async (sql) => {
    const kind = { task: "classification", classes: ["effusion", "nodule"], exclusive: false } as const;
    schemaId = (await ensureSchema(sql, teamId, { datasetId, ...kind })).id;
    const plain = { maskSha256: null, regionPixels: [], components: [], boxes: null };
    const values = { "0": 0, "1": 1, "-": null } as const;
    const rows = Object.entries(said).flatMap(([reader, [first, second]]) =>
      itemIds.map((itemId, at) => ({
        ...plain,
        itemId,
        schemaId,
        reader,
        readerKind: reader === "report" ? ("report" as const) : ("person" as const),
        classValues: [first, second].map((text) => values[text![at] as "0"]) as (0 | 1 | null)[],
      })),
    );
    const made = await insertAnnotations(sql, teamId, rows);
    const labels = made.filter(({ reader }) => reader === "adjudicated").map(({ id, itemId }) => ({ itemId, annotationId: id })); // biome-ignore format: one line
    const version = await freezeLabelVersion(sql, teamId, {
      datasetId,
      schemaId,
      rule: "one reader",
      note: "",
      labels,
    });
    versionId = version.id;
  });
});
afterAll(() => world.close());

interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}
interface Chain {
  readonly id: string;
  readonly sets: readonly string[];
  readonly stages: readonly { name: string; counts: { items: number; source: string; datasetId: string | null; samples: { set: string; counts: number[][]; designEffects: number[] | null }[] } }[]; // biome-ignore format: one line
  readonly board: {
    stages: { name: string; items: number; ofSet: boolean; gain: Estimate; setsDiffer: { p: number } | null }[];
    composed: { matrix: Estimate[][]; accuracy: Estimate; classes: { name: string; ppv: Estimate }[] };
    direct: { matrix: Estimate[][] } | null;
    againstDirect: { p: number; contradicted: boolean; text: string } | null;
    fixFirst: number | null;
    fixFirstText: string;
    assumption: string;
    warnings: string[];
  };
}

const estimate = "{ value low high }";
const fields = `id sets stages { name counts { items source datasetId samples { set counts designEffects } } }
  board(set: $set) { stages { name items ofSet gain ${estimate} setsDiffer { p } } composed { matrix ${estimate} accuracy ${estimate} classes { name ppv ${estimate} } }
    direct { matrix ${estimate} } againstDirect { p contradicted text } fixFirst fixFirstText assumption warnings }`;
const create = `mutation ($input: CreateLabelChainInput!, $set: String) { createLabelChain(input: $input) { ${fields} } }`;

const send = (input: object, set: string | null = null, token = world.tokens.researcher) =>
  world.graphql<{ createLabelChain: Chain }>(token, create, { input: { projectName: "Chains", ...input }, set });
async function made(input: object, set: string | null = null): Promise<Chain> {
  const { data, errors } = await send(input, set);
  expect(errors).toBeUndefined();
  return data!.createLabelChain;
}
async function refused(input: object): Promise<string> {
  const { errors } = await send({ name: "refused", classes: ["no", "yes"], stages: [], ...input });
  expect(errors?.[0]?.extensions.code).toMatch(/^BAD_/);
  return errors![0]!.message;
}

const counts = (matrix: number[][], more: object = {}) => ({ counts: { source: "a study", samples: [{ counts: matrix }], ...more } }); // biome-ignore format: one line
const reader = [[900, 100], [60, 140]]; // biome-ignore format: one line
const nlp = [[495, 5], [10, 290]]; // biome-ignore format: one line
const typed = {
  name: "typed in",
  classes: ["no", "yes"],
  prevalence: [0.95, 0.05],
  prevalenceSource: "a register",
  stages: [
    { kind: "READER", ...counts(reader) },
    { kind: "NLP", ...counts(nlp) },
  ],
};

describe("a chain of given counts", () => {
  it("composes, reweights, and says which stage to fix first", async () => {
    const { board, stages, sets } = await made(typed);
    expect(stages.map(({ name, counts: { items } }) => [name, items])).toEqual([["reader", 1200], ["NLP", 800]]); // biome-ignore format: one line
    expect(sets).toEqual([]);
    const [sensitivity, falseRate] = [0.7 * (290 / 300) + 0.3 * 0.01, 0.9 * 0.01 + 0.1 * (290 / 300)];
    expect(board.composed.matrix[1]![1]!.value).toBeCloseTo(sensitivity, 12);
    expect(board.composed.classes[1]!.ppv.value).toBeCloseTo((0.05 * sensitivity) / (0.05 * sensitivity + 0.95 * falseRate), 12); // biome-ignore format: one line
    expect(board.fixFirst).toBe(0);
    expect(board.fixFirstText).toMatch(/^Fix the reader stage first: a perfect one would bring 1\d\.\d points of label accuracy \(95 % interval /); // biome-ignore format: one line
    expect(board.assumption).toContain("Markov");
    expect(board).toMatchObject({ direct: null, againstDirect: null, warnings: [] });
  });

  it("the same again is the first; another one of its name is refused", async () => {
    const [first, again] = [await made(typed), await made(typed)];
    expect(again.id).toBe(first.id);
    const { errors } = await send({ ...typed, prevalence: [0.9, 0.1] });
    expect(errors![0]!.extensions.code).toBe("CONFLICT");
    expect(errors![0]!.message).toContain("never changes; give another name");
  });

  it("as a CSV table by set, held against a direct sample that contradicts it", async () => {
    const csv =
      "set,before,after,items\nA,no,no,900\nA,no,yes,100\nA,yes,no,20\nA,yes,yes,80\nB,no,no,700\nB,no,yes,300\nB,yes,yes,9\nB,yes,yes,1\n";
    const chain = {
      ...typed,
      name: "by set",
      stages: [{ kind: "REPORT", counts: { source: "s", csv } }, typed.stages[1]],
    };
    const whole = await made({ ...chain, direct: counts([[999, 1], [1, 999]]).counts }); // biome-ignore format: one line
    expect(whole.sets).toEqual(["A", "B"]);
    expect(whole.stages[0]!.counts.samples[1]).toEqual({ set: "B", counts: [[700, 300], [0, 10]], designEffects: null }); // biome-ignore format: one line
    expect(whole.board.stages[0]!.setsDiffer!.p).toBeLessThan(0.001);
    expect(whole.board.warnings[0]).toContain("report: its sets do not have the same rates (p < 0.001)");
    expect(whole.board.againstDirect).toMatchObject({ contradicted: true });
    expect(whole.board.againstDirect!.text).toContain("Trust the direct matrix");
    const { board } = await made({ ...chain, direct: counts([[999, 1], [1, 999]]).counts }, "B"); // biome-ignore format: one line
    expect(board.stages.map(({ items, ofSet }) => [items, ofSet])).toEqual([[1010, true], [800, false]]); // biome-ignore format: one line
    expect(board).toMatchObject({ direct: null, againstDirect: null });
    expect(board.warnings).toEqual(["report: 10 independent items of “yes”; below 30 an interval covers 92 to 98 % rather than 93 to 97."]); // biome-ignore format: one line
    const { errors } = await send(chain, "C");
    expect(errors![0]!.message).toContain("another label chain named"); // the direct sample is missing: another chain
  });
});

describe("a stage of stored labels", () => {
  const versions = () => ({
    schemaId,
    className: "effusion",
    before: { labelVersionId: versionId },
    after: { reader: "report" },
  });

  it("counts the items that both sides label, with its patients' design effects and its source", async () => {
    const { stages, board } = await made({
      name: "stored",
      classes: ["absent", "present"],
      stages: [{ kind: "NLP", counts: { versions: versions() } }],
    });
    // 12 items: present in both 3, adjudicated alone 1, report alone 1
    expect(stages[0]!.counts).toMatchObject({ items: 12, source: "reader report against label version 2, items with both", datasetId: planted.datasetId }); // biome-ignore format: one line
    expect(stages[0]!.counts.samples[0]!.counts).toEqual([[7, 1], [1, 3]]); // biome-ignore format: one line
    for (const effect of stages[0]!.counts.samples[0]!.designEffects!) expect(effect).toBeGreaterThanOrEqual(1);
    expect(board.assumption).toBe("");
    expect(board.fixFirstText).toContain("one stage");
  });

  it("leaves out what a side does not say, and can be looked at before it is kept", async () => {
    const query = "query ($versions: LabelStageOfVersionsInput!) { labelStageCounts(versions: $versions) { items samples { set counts } } }"; // biome-ignore format: one line
    const look = async (more: object) => world.graphql<{ labelStageCounts: { items: number; samples: { set: string }[] } }>(world.tokens.viewer, query, { versions: { ...versions(), ...more } }); // biome-ignore format: one line
    expect((await look({ className: "nodule" })).data!.labelStageCounts.items).toBe(11);
    const bySite = (await look({ bySite: true })).data!.labelStageCounts;
    expect(bySite.samples.map(({ set }) => set)).toEqual(["site unknown"]);
    expect((await look({ className: null })).errors![0]!.message).toContain(
      "expected one of effusion, nodule, got null",
    );
    expect((await look({ after: { reader: "nobody" } })).errors![0]!.message).toContain("no item has both label version 2 and reader nobody"); // biome-ignore format: one line
    expect((await look({ after: {} })).errors![0]!.message).toContain("expected a label version or a reader, got neither"); // biome-ignore format: one line
    expect((await look({ before: { labelVersionId: planted.labelVersionId } })).errors![0]!.message).toContain("has other classes than schemaId"); // biome-ignore format: one line
  });

  it("belongs to the caller's team, and takes a researcher", async () => {
    const { id } = await made(typed);
    const query = "query ($id: UUID!) { labelChain(id: $id) { id } labelChains { id } }";
    expect((await world.graphql(world.otherToken, query, { id })).data).toEqual({ labelChain: null, labelChains: [] });
    expect((await send(typed, null, world.tokens.annotator)).errors![0]!.extensions.code).toBe("FORBIDDEN");
  });
});

describe("what is refused says the field, and what to do", () => {
  const stage = (more: object) => ({ stages: [{ kind: "NLP", counts: { source: "s", ...more } }] });

  it.each<[string, object, string]>([
    ["no stage", {}, "stages: expected 1 to 8 stages, got 0"],
    [
      "a class twice",
      { classes: ["a", "a"], ...stage({ samples: [{ counts: nlp }] }) },
      "classes: expected 2 to 12 different names",
    ],
    [
      "another shape",
      stage({ samples: [{ counts: [[1, 2]] }] }),
      "stages.0.samples.0.counts: expected 2 rows of 2 numbers of items",
    ],
    ["less than nothing", stage({ samples: [{ counts: [[1, -2], [0, 1]] }] }), "expected 2 rows of 2 numbers"], // biome-ignore format: one line
    ["nothing counted", stage({ samples: [{ counts: [[0, 0], [0, 0]] }] }), "expected at least one item"], // biome-ignore format: one line
    ["no source", { stages: [{ kind: "NLP", counts: { samples: [{ counts: nlp }] } }] }, "stages.0.source: expected 1 to 1000 characters"], // biome-ignore format: one line
    ["a set twice", stage({ samples: [{ counts: nlp }, { counts: nlp }] }), "a sample for each set once"],
    [
      "two kinds of counts",
      stage({ samples: [{ counts: nlp }], csv: "a" }),
      "expected one of samples, csv and versions, got 2",
    ],
    ["chosen by labels without shares", stage({ samples: [{ counts: nlp }], chosenBy: "AFTER" }), "samples.0.shares: expected how common"], // biome-ignore format: one line
    [
      "shares for nothing",
      stage({ samples: [{ counts: nlp }], shares: [0.5, 0.5] }),
      "samples.0.shares: expected nothing",
    ],
    ["a design effect below 1", stage({ samples: [{ counts: nlp, designEffects: [0.5, 1] }] }), "designEffects: expected 2 numbers from 1"], // biome-ignore format: one line
    ["shares that are none", { prevalence: [0.5, 0.6], prevalenceSource: "s", ...stage({ samples: [{ counts: nlp }] }) }, "prevalence: expected 2 shares"], // biome-ignore format: one line
    ["a CSV of other classes", stage({ csv: "before,after,items\nno,maybe,3\n" }), 'line 2: expected one of the classes no, yes, got "maybe"'], // biome-ignore format: one line
    ["a CSV without items", stage({ csv: "before,after\nno,yes\n" }), "no items."],
    ["half an item", stage({ csv: "before,after,items\nno,yes,0.5\n" }), "line 2: expected a whole number of items"],
  ])("%s", async (_name, input, message) => {
    expect(await refused(input)).toContain(message);
  });

  it("a set that the chain does not have", async () => {
    const { errors } = await send(typed, "C");
    expect(errors![0]!.message).toContain('set: expected one of none, as it has one sample a stage, got "C"');
  });
});
