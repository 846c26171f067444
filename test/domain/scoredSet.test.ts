import { armsOfSet, mostRunsOfSet, type SetCandidate } from "@tessera/domain/scoredSet";
import { describe, expect, it } from "vitest";

const run = (runId: string, more: Partial<SetCandidate> = {}): SetCandidate => ({
  runId,
  runName: `run ${runId}`,
  experimentId: "e1",
  experimentName: "First",
  arm: "A",
  seed: 0,
  labelVersionId: "v1",
  splitId: "s1",
  size: 128,
  ...more,
});

const names = (runs: readonly SetCandidate[]) =>
  armsOfSet(runs).map(({ name, runs: ofArm }) => [name, ofArm.map(({ runId }) => runId)]);

describe("the arms of a set", () => {
  it("come in the order of their first run, each by seed", () => {
    const runs = [run("1", { arm: "B", seed: 1 }), run("2"), run("3", { arm: "B" })];
    expect(names(runs)).toEqual([
      ["B", ["3", "1"]],
      ["A", ["2"]],
    ]);
  });

  it("of one name in two experiments stay apart, and say which is which", () => {
    const runs = [
      run("1"),
      run("2", { experimentId: "e2", experimentName: "Second" }),
      run("3", { experimentId: null, experimentName: null }),
    ];
    expect(names(runs)).toEqual([
      ["A (First)", ["1"]],
      ["A (Second)", ["2"]],
      ["A (foreign)", ["3"]],
    ]);
  });

  it("of foreign runs are told by their name of the arm, and by the run's own where it has none", () => {
    const foreign = { experimentId: null, experimentName: null };
    const runs = [run("1", foreign), run("2", { ...foreign, seed: 1 }), run("3", { ...foreign, arm: "" })];
    expect(names(runs)).toEqual([
      ["A", ["1", "2"]],
      ["run 3", ["3"]],
    ]);
  });
});

describe("runs that are no set", () => {
  it.each([
    { differsIn: "labelVersionId", says: "score both against one label version", more: { labelVersionId: "v2" } },
    { differsIn: "splitId", says: "choose runs of one split", more: { splitId: "s2" } },
    { differsIn: "size", says: "256, not 128; choose runs scored at one size", more: { size: 256 } },
  ])("differ in $differsIn", ({ differsIn, says, more }) => {
    const refused = refusalOf([run("1"), run("2", { arm: "B", ...more })]);
    expect(refused).toMatchObject({ code: "BAD_INPUT", details: { runId: "2", differsIn } });
    expect(refused.message).toContain('"run 2" (2) cannot be in one set with "run 1"');
    expect(refused.message).toContain(says);
  });

  it("have one arm and one seed twice, or are none, or too many", () => {
    expect(refusalOf([run("1"), run("2")])).toMatchObject({
      code: "BAD_INPUT",
      details: { runIds: ["1", "2"], seed: 0 },
    });
    const foreign = { experimentId: null, experimentName: null };
    expect(refusalOf([run("1", foreign), run("2", foreign)]).message).toContain("the seed they were created with");
    expect(refusalOf([])).toMatchObject({ code: "BAD_INPUT", details: { runs: 0 } });
    const many = Array.from({ length: mostRunsOfSet + 1 }, (_, seed) => run(String(seed), { seed }));
    expect(refusalOf(many)).toMatchObject({ code: "BAD_INPUT", details: { runs: 201 } });
    expect(armsOfSet(many.slice(1))).toHaveLength(1);
  });
});

function refusalOf(runs: readonly SetCandidate[]): { message: string } {
  try {
    armsOfSet(runs);
  } catch (error) {
    return error as Error;
  }
  throw new Error("expected a refusal, got none");
}
