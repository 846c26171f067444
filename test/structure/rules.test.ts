import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" })
  .split("\n")
  .filter((file) => /^(src|apps)\/.*\.tsx?$/.test(file) && !file.startsWith("apps/web/src/gql/") && existsSync(file));

const linesWith = (pattern: RegExp, among = files): string[] =>
  among.flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );

it("keeps every file under 400 lines", () => {
  const migrations = readdirSync("src/store/migrations").map((file) => `src/store/migrations/${file}`);
  const long = [...files, ...migrations].filter((file) => readFileSync(file, "utf8").split("\n").length > 400);
  expect(long).toEqual([]);
});

it("opens transactions only through the guarded transaction", () => {
  const others = files.filter((file) => file !== "src/store/guardedTransaction.ts");
  expect(linesWith(/\.(begin|reserve)\(/, others)).toEqual([]);
});

it("holds SQL in src/store only", () => {
  const others = files.filter((file) => !file.startsWith("src/store/"));
  expect(linesWith(/\bsql`|from "postgres"/, others)).toEqual([]);
});

it("draws no unseeded random number in models, training and synthetic data", () => {
  const seeded = files.filter((file) => /^src\/(models|training|synthetic|analysis)\//.test(file));
  expect(linesWith(/Math\.random\(/, seeded)).toEqual([]);
});
