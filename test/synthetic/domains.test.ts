import { randomStream } from "@tessera/domain/random";
import { domainItem, type TransferDomain, transferDomains } from "@tessera/synthetic/domains";
import { pattern, patternNames } from "@tessera/synthetic/pattern";
import { describe, expect, it } from "vitest";

const size = 32;
const set = (domain: TransferDomain, count: number, labels: "planted" | "noise" = "planted") =>
  Array.from({ length: count }, (_, index) => domainItem({ seed: 3, domain, index, size, labels }));

/** Share of pairs, one of each class, in which the pits' value is the larger. */
function auc(items: readonly { readonly planted: string; readonly value: number }[]): number {
  const of = (name: string) => items.filter(({ planted }) => planted === name).map(({ value }) => value);
  const [pits, grooves] = [of("pits"), of("grooves")];
  const wins = pits.flatMap((a) => grooves.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
  return wins.reduce((sum: number, each) => sum + each, 0) / wins.length;
}

/** How much the edges of the picture's middle lie one way: 0 all ways alike, 1 one way only (structure tensor). */
function coherence(rgb: Uint8Array): number {
  const at = (x: number, y: number) =>
    rgb[(y * size + x) * 3]! + rgb[(y * size + x) * 3 + 1]! + rgb[(y * size + x) * 3 + 2]!;
  let [xx, yy, xy] = [0, 0, 0];
  for (let y = 8; y < 24; y++) {
    for (let x = 8; x < 24; x++) {
      const [dx, dy] = [at(x + 1, y) - at(x - 1, y), at(x, y + 1) - at(x, y - 1)];
      xx += dx * dx;
      yy += dy * dy;
      xy += dx * dy;
    }
  }
  return Math.hypot(xx - yy, 2 * xy) / (xx + yy);
}

describe("the pattern", () => {
  const mask = Uint8Array.from({ length: size * size }, (_, i) =>
    Math.hypot((i % size) - 16, i / size - 16) < 11 ? 1 : 0,
  );
  const drawn = patternNames.map((name) =>
    pattern({ name, size, period: 0.16, warp: 0.4, mask, random: randomStream("a pattern") }),
  );

  it("has the same values in either class, in another arrangement", () => {
    const [grooves, pits] = drawn.map((values) => [...values].filter((value) => value !== 0).sort((a, b) => a - b));
    expect(pits).toEqual(grooves);
    expect(drawn[0]).not.toEqual(drawn[1]);
    expect(pits!.length).toBeGreaterThan(350);
    expect(pits!.at(-1)! + pits![0]!).toBeCloseTo(0, 6);
  });

  it("lies within its mask alone", () => {
    for (const values of drawn) expect([...values].every((value, i) => mask[i] === 1 || value === 0)).toBe(true);
  });
});

describe("a domain of graded distance", () => {
  it.each(transferDomains)("%s: the same key gives the same item, another seed another", (domain) => {
    const key = { seed: 4, domain, index: 11, size };
    expect(domainItem(key)).toEqual(domainItem(key));
    expect(domainItem({ ...key, seed: 5 }).rgb).not.toEqual(domainItem(key).rgb);
    expect(domainItem(key).rgb).toHaveLength(size * size * 3);
  });

  it.each(transferDomains)("%s: half of the items have each class, whatever part is taken", (domain) => {
    const items = set(domain, 61);
    const pits = items.filter(({ planted }) => planted === "pits").length;
    expect(Math.abs(2 * pits - 61)).toBe(1);
    expect(items.every(({ planted, label }) => planted === label)).toBe(true);
  });

  it.each(transferDomains)("%s: edges that lie one way tell grooves, brightness does not", (domain) => {
    const items = set(domain, 160);
    const mean = (rgb: Uint8Array) => rgb.reduce((sum, value) => sum + value, 0) / rgb.length;
    const byBrightness = auc(items.map(({ planted, rgb }) => ({ planted, value: mean(rgb) })));
    expect(Math.abs(byBrightness - 0.5)).toBeLessThan(0.12); // 2.6 standard errors
    const byEdges = auc(items.map(({ planted, rgb }) => ({ planted, value: -coherence(rgb) })));
    expect(byEdges).toBeGreaterThan(0.62);
  });

  it("gives noise labels of both classes in equal numbers that say nothing of the picture", () => {
    const [noise, planted] = [set("natural", 400, "noise"), set("natural", 400)];
    expect(noise.filter(({ label }) => label === "pits")).toHaveLength(200);
    const agree = noise.filter(({ label, planted: truth }) => label === truth).length / 400;
    expect(Math.abs(agree - 0.5)).toBeLessThan(0.1);
    expect(noise.map(({ rgb }) => rgb)).toEqual(planted.map(({ rgb }) => rgb));
  });

  it("refuses a size or an index outside its limits", () => {
    expect(() => domainItem({ seed: 1, domain: "target", index: 0, size: 31 })).toThrow("32 to 512 px");
    expect(() => domainItem({ seed: 1, domain: "target", index: -1 })).toThrow("index from 0");
  });
});
