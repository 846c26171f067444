/**
 * @file Every interval that the product shows, held to product.md's "Statistics" by simulation.
 *
 *   npm run bench -- statistics [--worlds N] [--only WORDS]
 *
 * Per regime: N worlds without a difference and N with one of the size called detectable (1,000 each unless given). `--only` takes
 * those intervals whose name has the words. Takes about half an hour of one core.
 */
import { parseArgs } from "node:util";
import type { Bench } from "../main.ts";
import { wholeNumber } from "../support/wholeNumber.ts";
import { print, printHead } from "./print.ts";
import { simulate } from "./simulation.ts";
import { simulations } from "./simulations.ts";

export const bench: Bench = {
  about: "rejection, power, coverage and width of every interval that the product shows",
  async run(args) {
    const options = { worlds: { type: "string", default: "1000" }, only: { type: "string", default: "" } } as const;
    const { values } = parseArgs({ args, options });
    const worlds = wholeNumber("worlds", values.worlds);
    const rows = simulations
      .filter(({ interval }) => interval.includes(values.only))
      .flatMap(({ interval, regimes }) => {
        printHead(interval);
        return regimes.map((regime) => {
          const row = simulate(interval, regime(), worlds);
          print(row);
          return row;
        });
      });
    const promised = rows.filter((row) => row.notPromised === null);
    const missed = promised.filter((row) => row.missed.length > 0);
    console.log(`\n${promised.length - missed.length} of ${promised.length} regimes within bounds; "!" marks a miss.`);
    return { worlds, regimes: promised.length, missed: missed.length, rows };
  },
};
