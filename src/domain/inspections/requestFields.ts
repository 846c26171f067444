/** @file Fields that several kinds of request have, and how a request that is not right is refused. */
import { Check } from "../configuration/check.ts";
import { DomainError } from "../errors.ts";
import { weightTimes } from "./inspection.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** `value` with `defaults` where it leaves fields out, once `check` finds nothing wrong. @throws DomainError BAD_INPUT */
export function parsedRequest<Request extends object>(
  value: unknown,
  defaults: Partial<Request>,
  check: (fields: Check) => void,
): Request {
  const given = typeof value === "object" && value !== null ? withoutNulls(value) : value;
  const complete = typeof given === "object" && given !== null ? { ...defaults, ...given } : given;
  const fields = new Check(complete);
  check(fields);
  const { problems } = fields;
  if (problems.length === 0) return complete as Request;
  const list = problems.map((p) => `${p.field}: expected ${p.expected}, got ${p.got}; ${p.fix}`).join("\n");
  throw new DomainError("BAD_INPUT", `The request has ${problems.length} problem(s):\n${list}`, { problems });
}

/** A field that GraphQL leaves open comes as null. */
const withoutNulls = (value: object) => Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null));

/** `field` is {runId, at}. */
export function checkWeightsOf(check: Check, field: string): void {
  checkRunId(check, `${field}.runId`);
  check.oneOf(`${field}.at`, weightTimes);
}

export const checkRunId = (check: Check, field: string): void => check.matches(field, uuid, "the id of a run");
