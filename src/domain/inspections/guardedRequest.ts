/** @file What an inspection that shows maps is asked, of images as of tiles: which items, which class, and how it is guarded. */
import { architectureDifference } from "../configuration/architecture.ts";
import type { Check } from "../configuration/check.ts";
import type { RunConfiguration } from "../configuration/run.ts";
import { DomainError } from "../errors.ts";
import { checkRunId, isUuid } from "./requestFields.ts";

/** named: the request's itemIds. The others are of the validation fold, by the probability of the explained class. */
export const itemChoices = ["named", "confidentRight", "confidentWrong"] as const;
export type ItemChoice = (typeof itemChoices)[number];

export interface GuardedRequest {
  readonly runId: string;
  readonly choice: ItemChoice;
  /** Of any fold of the run's split: test items are looked at only where they are named here. */
  readonly itemIds: readonly string[];
  /** Items to choose. */
  readonly count: number;
  /** Absent: of each item the class that the run finds most probable. */
  readonly classIndex?: number;
  /** Validation items that the checks are made on. */
  readonly guardItems: number;
  /** Networks of fresh random weights. */
  readonly draws: number;
  /** Updates of the model that is trained on permuted labels. */
  readonly labelSteps: number;
  /** A run of the same architecture that was trained on labels that mean nothing, instead of training one here. */
  readonly labelRandomisedRunId?: string;
}

export const mostItems = 16;

export const guardedDefaults = {
  itemIds: [] as readonly string[],
  count: 6,
  guardItems: 12,
  draws: 8,
  labelSteps: 300,
} as const;

/** Fields that have no default. */
export const guardedOptional = { runId: "", classIndex: 0, labelRandomisedRunId: "" };

/** Where the request leaves it out. */
export function usualChoice(value: unknown): ItemChoice {
  const named = ((value as { itemIds?: unknown } | null)?.itemIds as unknown[] | null)?.length;
  return named ? "named" : "confidentRight";
}

export function checkGuarded(check: Check): void {
  checkRunId(check, "runId");
  checkItems(check);
  check.integer("guardItems", 6, 32, "validation items; 12 tell a verdict in minutes");
  check.integer("draws", 5, 20, "networks of random weights; fewer than 5 carry no verdict");
  check.integer("labelSteps", 20, 3000, "updates on permuted labels; the more, the nearer to learnt by heart");
  if (check.read("classIndex") !== undefined) check.integer("classIndex", 0, 999, "of the label schema, from 0");
  if (check.read("labelRandomisedRunId") !== undefined) checkRunId(check, "labelRandomisedRunId");
  if (check.read("labelRandomisedRunId") === check.read("runId"))
    check.problem("labelRandomisedRunId", "another run", check.read("runId"), "leave it out to train one here");
}

function checkItems(check: Check): void {
  check.oneOf("choice", itemChoices);
  check.integer("count", 1, mostItems, "items to choose");
  const ids = check.read("itemIds");
  const named = check.read("choice") === "named";
  const fits = Array.isArray(ids) && ids.every(isUuid) && new Set(ids).size === ids.length && ids.length <= mostItems;
  if (fits && ids.length > 0 === named) return;
  const expected = named ? `1 to ${mostItems} ids of items, each once` : "none, since items are chosen by a rule";
  check.problem("itemIds", expected, ids, "name items, or choose confidentRight or confidentWrong");
}

/** The run that is explained, and the one on labels that mean nothing, where one is named. */
export const guardedRunIds = ({ runId, labelRandomisedRunId }: GuardedRequest): string[] => [
  runId,
  ...(labelRandomisedRunId ? [labelRandomisedRunId] : []),
];

/** @throws DomainError BAD_INPUT where the label-randomised run is of another architecture */
export function checkLabelRandomised(run: RunConfiguration, other: RunConfiguration | undefined): void {
  const field = other && differenceOf(run, other);
  if (!field) return;
  const message = `The label-randomised run differs in ${field}; choose one of the same architecture, or leave it out`;
  throw new DomainError("BAD_INPUT", message, { field });
}

function differenceOf(run: RunConfiguration, other: RunConfiguration): string | null {
  if (other.task !== run.task) return "task";
  if (run.task === "mil") {
    const [own, its] = [run.model, other.model] as [Json, Json];
    const fields = Object.keys({ ...own, ...its }).filter((field) => field !== "dropout"); // off where maps are made
    return fields.find((field) => JSON.stringify(own[field]) !== JSON.stringify(its[field])) ?? null;
  }
  const sizeOf = ({ model }: RunConfiguration) => ("size" in model ? model.size : null);
  return architectureDifference(other, run.model, "all") ?? (sizeOf(other) === sizeOf(run) ? null : "size");
}

type Json = Readonly<Record<string, unknown>>;
