/** @file A file that others read is replaced, never rewritten under them. */
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { writeWholeFile } from "../../apps/cli/src/wholeFile.ts";

it("leaves a reader that opened it before with the whole text of before", () => {
  const folder = mkdtempSync(join(tmpdir(), "tessera-whole-"));
  const path = join(folder, "noted.json");
  writeWholeFile(path, '{"before":true}', 0o600);
  const reader = openSync(path, "r");
  writeWholeFile(path, "{}");
  expect(readFileSync(reader, "utf8")).toBe('{"before":true}');
  expect(readFileSync(path, "utf8")).toBe("{}");
  expect(readdirSync(folder)).toEqual(["noted.json"]);
  closeSync(reader);
  rmSync(folder, { recursive: true });
});

it("gives the file the mode that was asked for", () => {
  const folder = mkdtempSync(join(tmpdir(), "tessera-whole-"));
  writeWholeFile(join(folder, "secret"), "s", 0o600);
  expect(statSync(join(folder, "secret")).mode & 0o777).toBe(0o600);
  rmSync(folder, { recursive: true });
});
