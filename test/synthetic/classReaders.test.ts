import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cohensKappa, crossTable } from "@tessera/analysis/agreement/cohen";
import { fleissKappa } from "@tessera/analysis/agreement/fleiss";
import { ratingsOf } from "@tessera/analysis/agreement/ratings";
import { parseClassTable } from "@tessera/domain/import/classTable";
import { findClassTable } from "@tessera/domain/import/classTableLayout";
import { opinionsOf, plantedChain, ratesOf } from "@tessera/synthetic/classReaders";
import { writeReaderSet } from "@tessera/synthetic/readerSet";
import {
  accuracyOf,
  fleissOf,
  jointStates,
  kappaOf,
  rateOf,
  truthName,
  withBest,
  withMajority,
} from "@tessera/synthetic/readerTruth";
import { describe, expect, it } from "vitest";

const names = plantedChain.map(({ name }) => name);
const people = ["reader-a", "reader-b", "reader-c"];
const states = jointStates(plantedChain, 0.3);

/** 30,000 items, of which three in ten are present. */
const drawn = Array.from({ length: 30_000 }, (_, item) => {
  const truth = item % 10 < 3 ? 1 : 0;
  return { truth, said: opinionsOf(plantedChain, truth, [7, item]) } as const;
});
const ratings = ratingsOf(
  [truthName, ...names],
  2,
  drawn.map(({ truth, said }) => [truth, ...names.map((name) => said.get(name)!)]),
);
const at = (name: string) => [truthName, ...names].indexOf(name);

describe("planted readers of two classes", () => {
  it("have states whose chances sum to one, and rates as planted, also along the chain", () => {
    expect(states).toHaveLength(64);
    expect(states.reduce((total, { chance }) => total + chance, 0)).toBeCloseTo(1, 12);
    expect(rateOf(states, truthName, "reader-b", 1)).toBeCloseTo(0.85, 12);
    expect(rateOf(states, "report", "nlp", 0)).toBeCloseTo(0.94, 12);
    expect(rateOf(states, truthName, "report", 1)).toBeCloseTo(0.92 * 0.9 + 0.08 * 0.02, 12);
    expect(accuracyOf(states, "reader-a")).toBeCloseTo(0.3 * 0.92 + 0.7 * 0.95, 12);
  });

  it("come to the figures of 30,000 drawn items", () => {
    for (const name of names) {
      const table = crossTable(ratings, 0, at(name));
      for (const value of [0, 1] as const) {
        const items = table[value]![0]! + table[value]![1]!;
        expect(table[value]![value]! / items).toBeCloseTo(rateOf(states, truthName, name, value), 1.7);
      }
    }
    expect(cohensKappa(crossTable(ratings, at("reader-a"), at("reader-c"))).value).toBeCloseTo(
      kappaOf(states, "reader-a", "reader-c"),
      1.7,
    );
    const three = ratingsOf(
      people,
      2,
      drawn.map(({ said }) => people.map((name) => said.get(name)!)),
    );
    expect(fleissKappa(three).value).toBeCloseTo(fleissOf(states, people), 1.7);
  });

  it("are outvoted as drawn, and Bayes' rule is never worse than the vote", () => {
    const both = withBest(withMajority(states, people, "majority"), people, "best");
    const right = drawn.filter(({ truth, said }) => {
      const votes = people.reduce((total, name) => total + said.get(name)!, 0);
      return (votes >= 2 ? 1 : 0) === truth;
    });
    expect(accuracyOf(both, "majority")).toBeCloseTo(right.length / drawn.length, 2);
    expect(accuracyOf(both, "best")).toBeGreaterThanOrEqual(accuracyOf(both, "majority"));
    const one = jointStates([{ name: "poor", kind: "person", of: null, rates: ratesOf(0.6, 0.6) }], 0.05);
    expect(accuracyOf(withBest(one, ["poor"], "best"), "best")).toBeCloseTo(0.95, 12);
  });

  it("are refused where one reads what is not yet written", () => {
    const [first] = plantedChain;
    expect(() => opinionsOf([{ ...first!, of: "nobody" }], 1, [1])).toThrow("made from nobody");
  });

  it("are written as one line per item and reader, the truth first", async () => {
    const directory = await mkdtemp(join(tmpdir(), "tessera-readers-"));
    try {
      const rows = await writeReaderSet({ directory, seed: 3, items: 54 }, plantedChain);
      const paths = (await readdir(directory, { recursive: true })).filter((path) => path.includes("."));
      const table = parseClassTable(
        await readFile(join(directory, findClassTable(paths, "images").tablePath!), "utf8"),
        null,
      );
      expect(table.readers).toEqual([truthName, ...names]);
      expect(table.rows).toHaveLength(54 * 6);
      expect(table.rows.find(({ reader }) => reader === "nlp")?.readerKind).toBe("program");
      const truths = table.rows.filter(({ reader }) => reader === truthName);
      expect(truths.map(({ values }) => table.classes[values!.indexOf(1)])).toEqual(rows.map(({ label }) => label));
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
