/**
 * @file Real label noise: NIH's text-mined chest x-ray labels against radiologists' adjudication, per set, reweighted to all NIH films.
 * The chains go in through the api, as a researcher would enter them, and the figures are their boards' own. Writes the tables of
 * docs/studies/cxr-labels.md between its marks.
 *
 *   npm run bench -- cxr-labels [--hold]      needs ../shared/data/cxr-labels, or CXR_LABELS; --hold keeps the dashboard until Ctrl-C
 *
 * Its home is .tessera/bench-cxr-labels; a second call finds the same chains.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { TesseraClient } from "@tessera/client/client";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import type { Bench } from "../main.ts";
import { onPlatform } from "../study/run.ts";
import { chainInput, readings } from "./chains.ts";
import { findings, readFilms } from "./films.ts";
import { type BoardFigures, countedTable, type Estimate, markdown } from "./tables.ts";

const page = "docs/studies/cxr-labels.md";
const marks = ["<!-- figures -->", "<!-- end of figures -->"] as const;

const create = "mutation ($input: CreateLabelChainInput!) { createLabelChain(input: $input) { id sets } }";
const estimate = "{ value low high }";
const board = `query ($id: UUID!, $set: String) { labelChain(id: $id) { board(set: $set) { stages { items setsDiffer { p } }
  composed { accuracy ${estimate} classes { prevalence ${estimate} sensitivity ${estimate} specificity ${estimate} ppv ${estimate} labelled ${estimate} } } } } }`;

interface Board {
  readonly stages: readonly { readonly items: number; readonly setsDiffer: { readonly p: number } | null }[];
  readonly composed: {
    readonly accuracy: Estimate;
    readonly classes: readonly Pick<BoardFigures, "prevalence" | "sensitivity" | "specificity" | "ppv" | "labelled">[];
  };
}

export const bench: Bench = {
  about: "real label noise: NIH's text-mined labels against adjudicated ones, per set, reweighted to all NIH films",
  run(args) {
    const { values } = parseArgs({ args, options: { hold: { type: "boolean", default: false } } });
    const films = readFilms();
    return onPlatform("cxr-labels", { workers: 1, base: segmentationDefaults }, async ({ apiUrl, signIn, url }) => {
      const client = new TesseraClient({ url: apiUrl, token: signIn.token });
      const boards: BoardFigures[] = [];
      for (const finding of findings) {
        for (const reading of readings) {
          const input = chainInput(finding, films, reading);
          const { createLabelChain: made } = await client.query<{ createLabelChain: { id: string; sets: string[] } }>(create, { input }); // biome-ignore format: one line
          for (const set of [null, ...made.sets]) {
            const { labelChain } = await client.query<{ labelChain: { board: Board } }>(board, { id: made.id, set });
            const { stages, composed } = labelChain.board;
            boards.push({ finding: finding.name, reading, set, films: stages[0]!.items, accuracy: composed.accuracy, ...composed.classes[1]!, setsDiffer: stages[0]!.setsDiffer?.p ?? null }); // biome-ignore format: one line
          }
          console.error(`· ${input.name}: ${url}/label-chains/${made.id}`);
        }
      }
      const counted = countedTable(findings, films);
      const text = markdown(counted, boards, films);
      console.error(text);
      writeFigures(text);
      if (values.hold) await new Promise((resolve) => process.once("SIGINT", resolve));
      return { counted, boards };
    });
  },
};

function writeFigures(text: string): void {
  const known = existsSync(page) ? readFileSync(page, "utf8") : `# Chest x-ray labels\n\n${marks.join("\n")}\n`;
  const [before, rest] = known.split(marks[0]);
  const after = rest?.split(marks[1])[1];
  if (before === undefined || after === undefined) throw new Error(`${page} has lost its marks ${marks.join(" and ")}`);
  writeFileSync(page, `${before}${marks[0]}\n\n${text}\n\n${marks[1]}${after}`);
}
