import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

/** Package -> what of ours it may import. A new arrow is a decision: write it in docs/decisions. */
const mayImport: Record<string, readonly string[]> = {
  "src/domain": [],
  "src/engine": [],
  "src/models": ["domain"],
  "src/training": ["engine", "models", "analysis", "domain"],
  "src/store": ["domain"],
  "src/objects": ["domain"],
  "src/imaging": ["domain"],
  "src/analysis": ["domain"],
  "src/synthetic": ["domain", "imaging"],
  "apps/api": ["store", "objects", "imaging", "analysis", "domain"],
  "apps/worker": ["store", "objects", "imaging", "training", "analysis", "domain"],
  "apps/cli": [
    "client",
    "store",
    "objects",
    "imaging",
    "synthetic",
    "engine",
    "models",
    "training",
    "analysis",
    "domain",
  ],
  "apps/web": [],
  "clients/typescript": [],
};

const tensorFlow = ["src/engine", "src/models", "src/training"];
const importPattern = /(?:from|import)\s*\(?\s*"([^"]+)"/g;

function importsOf(directory: string): { file: string; from: string }[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/node_modules|\.next/.test(file))
    .flatMap((file) =>
      [...readFileSync(join(directory, file), "utf8").matchAll(importPattern)].map((match) => ({
        file,
        from: match[1]!,
      })),
    );
}

describe.each(Object.entries(mayImport))("%s", (directory, allowed) => {
  const imports = importsOf(directory);

  it(`imports nothing of ours but ${allowed.join(", ") || "itself"}`, () => {
    const refused = imports.filter(({ from }) => {
      const [scope, name] = from.split("/");
      return scope === "@tessera" && !allowed.includes(name!);
    });
    expect(refused).toEqual([]);
  });

  it("never reaches out of its folder with a relative path", () => {
    const refused = imports.filter(
      ({ file, from }) => from.startsWith(".") && normalize(join(dirname(file), from)).startsWith(".."),
    );
    expect(refused).toEqual([]);
  });

  it("declares in package.json every package of ours that it imports, and no other", () => {
    const manifest = JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as {
      dependencies?: Record<string, string>;
    };
    const declared = Object.keys(manifest.dependencies ?? {}).filter((name) => name.startsWith("@tessera/"));
    const used = new Set(
      imports
        .filter(({ from }) => from.startsWith("@tessera/"))
        .map(({ from }) => from.split("/").slice(0, 2).join("/")),
    );
    expect(declared.sort()).toEqual([...used].sort());
  });

  it("knows TensorFlow, and libraries called over FFI, only where it may", () => {
    const used = imports.filter(
      ({ file, from }) =>
        from.startsWith("@tensorflow/") ||
        (from === "koffi" && !(directory === "src/imaging" && file.startsWith("slides/"))),
    );
    if (!tensorFlow.includes(directory)) expect(used).toEqual([]);
  });
});

it("finds imports at all", () => {
  expect(importsOf("src/store").length).toBeGreaterThan(5);
});

describe("circles", () => {
  /** Every source file -> those that it imports by a relative path, types too. */
  const graph = new Map<string, string[]>();
  for (const root of ["src", "apps", "clients"]) {
    for (const { file, from } of importsOf(root)) {
      const path = join(root, file);
      graph.set(path, [...(graph.get(path) ?? []), ...fileBehind(path, from)]);
    }
  }

  it("are not there: no file imports itself by way of others", () => {
    expect(circlesIn(graph)).toEqual([]);
  });

  it("would be found", () => {
    const planted = new Map([
      ["a", ["b"]],
      ["b", ["c", "d"]],
      ["c", ["a"]],
      ["d", ["e"]],
      ["e", []],
    ]);
    expect(circlesIn(planted)).toEqual([["a", "b", "c"]]);
    expect([...graph.values()].flat().length).toBeGreaterThan(500);
  });
});

function fileBehind(file: string, from: string): string[] {
  if (!from.startsWith(".")) return [];
  const path = join(dirname(file), from);
  return [path, `${path}.ts`, `${path}.tsx`].filter((each) => statSync(each, { throwIfNoEntry: false })?.isFile());
}

/** Groups of files of which each reaches every other: Tarjan's strongly connected components of more than one file. */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): number => {
    const place = order.size;
    order.set(file, place);
    let low = place;
    open.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (open.includes(next)) low = Math.min(low, order.get(next)!);
    }
    if (low === place) {
      const group = open.splice(open.indexOf(file));
      if (group.length > 1) circles.push(group.sort());
    }
    return low;
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return circles.sort();
}
