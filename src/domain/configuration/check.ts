/** @file A collector of everything wrong with a plain JSON value, field by field. */
import { DomainError } from "../errors.ts";

export interface Problem {
  /** Dotted path, e.g. "model.size". */
  readonly field: string;
  readonly expected: string;
  readonly got: string;
  readonly fix: string;
}

/** @throws DomainError BAD_INPUT that lists every problem, where there is any: field, what is allowed, what came, what to do */
export function refuseProblems(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const list = problems.map((p) => `${p.field}: expected ${p.expected}, got ${p.got}; ${p.fix}`).join("\n");
  throw new DomainError("BAD_INPUT", `The configuration has ${problems.length} problem(s):\n${list}`, { problems });
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export class Check {
  readonly problems: Problem[] = [];
  private readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }

  read(field: string): unknown {
    let at: unknown = this.value;
    for (const key of field.split(".")) {
      if (!isObject(at) || !Object.hasOwn(at, key)) return undefined;
      at = at[key];
    }
    return at;
  }

  problem(field: string, expected: string, got: unknown, fix: string): void {
    this.problems.push({ field, expected, got: got === undefined ? "nothing" : JSON.stringify(got), fix });
  }

  /** The value where it is an integer within the limits, else undefined with a problem noted. */
  integer(field: string, low: number, high: number, hint: string): number | undefined {
    const value = this.read(field);
    if (Number.isInteger(value) && (value as number) >= low && (value as number) <= high) return value as number;
    this.problem(field, `a whole number from ${low} to ${high}`, value, hint);
    return undefined;
  }

  number(field: string, low: number, high: number, hint: string): void {
    const value = this.read(field);
    if (typeof value === "number" && value >= low && value <= high) return;
    this.problem(field, `a number from ${low} to ${high}`, value, hint);
  }

  boolean(field: string): void {
    const value = this.read(field);
    if (typeof value !== "boolean") this.problem(field, "true or false", value, "say which");
  }

  booleans(field: string, length: number | undefined, hint: string): void {
    const value = this.read(field);
    const fits = Array.isArray(value) && value.every((each) => typeof each === "boolean");
    if (fits && (length === undefined || value.length === length)) return;
    this.problem(field, `a list of ${length ?? "depth"} times true or false`, value, hint);
  }

  oneOf(field: string, allowed: readonly string[]): void {
    const value = this.read(field);
    if (typeof value === "string" && allowed.includes(value)) return;
    this.problem(field, `one of ${allowed.join(", ")}`, value, `choose ${allowed[0]} if unsure`);
  }

  matches(field: string, pattern: RegExp, expected: string): void {
    const value = this.read(field);
    if (typeof value === "string" && pattern.test(value)) return;
    this.problem(field, expected, value, "copy it from the page of that thing");
  }

  /** Every field of the value must be one of `shape`, or listed in `extra` for its parent; a typo is a problem. */
  noOtherFields(shape: object, extra: Readonly<Record<string, readonly string[]>> = {}): void {
    const walk = (value: unknown, like: Json, path: string): void => {
      if (!isObject(value)) {
        if (path === "") this.problem("configuration", "an object", value, "send the configuration as JSON");
        return;
      }
      const known = extra[path] ?? Object.keys(like);
      for (const key of Object.keys(value)) {
        const field = path === "" ? key : `${path}.${key}`;
        if (!known.includes(key)) {
          this.problem(field, `one of the fields ${known.join(", ")}`, value[key], "remove it or correct its name");
        } else if (isObject(like[key]) && isObject(value[key])) {
          walk(value[key], like[key], field);
        }
      }
    };
    walk(this.value, shape as Json, "");
  }
}
