/** @file What a study is: a question and its arms, written down in a file before any run. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface StudyDesign {
  /** Of the experiment; another design needs another name. */
  readonly name: string;
  readonly question: string;
  /** Items of Kvasir-SEG, chosen by hash of the name; null: all. */
  readonly items: number | null;
  /** Laid over the product's default configuration. */
  readonly base: Readonly<Record<string, unknown>>;
  /** The first is the reference. */
  readonly arms: readonly { readonly name: string; readonly changes: Readonly<Record<string, unknown>> }[];
  readonly seeds: readonly number[];
  /** In Dice; declared here, before the runs. */
  readonly equivalenceMargin: number;
  /** Trainings at once, each with `threads` of the base. */
  readonly workers: number;
}

/** `design.json` beside the bench. */
export const readDesign = (bench: string): StudyDesign =>
  JSON.parse(readFileSync(fileURLToPath(new URL("design.json", bench)), "utf8")) as StudyDesign;
