/** @file What the call says. */
import { parseArgs } from "node:util";
import { wholeNumber } from "../support/wholeNumber.ts";
import { type Case, cases } from "./cases.ts";

export interface Options {
  readonly cases: readonly Case[];
  readonly rounds: number;
  /** Counted steps of a side in a round; undefined: the case's own. */
  readonly steps: number | undefined;
  readonly threads: number;
  /** Whether torch.compile takes part. */
  readonly compiled: boolean;
  /** PyTorch's Adam in one kernel, which it does not choose by itself. */
  readonly fusedAdam: boolean;
}

/** @throws Error that names the option */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    allowNegative: true,
    options: {
      cases: { type: "string", default: cases.map(({ name }) => name).join() },
      rounds: { type: "string", default: "6" },
      steps: { type: "string" },
      threads: { type: "string", default: "2" },
      compiled: { type: "boolean", default: true },
      "fused-adam": { type: "boolean", default: false },
    },
  });
  return {
    cases: values.cases.split(",").map(caseNamed),
    rounds: wholeNumber("rounds", values.rounds),
    steps: values.steps === undefined ? undefined : wholeNumber("steps", values.steps),
    threads: wholeNumber("threads", values.threads),
    compiled: values.compiled,
    fusedAdam: values["fused-adam"],
  };
}

function caseNamed(name: string): Case {
  const found = cases.find((each) => each.name === name);
  if (found) return found;
  throw new Error(`--cases: expected some of ${cases.map((each) => each.name).join()}, got ${name}`);
}
