import { committedSchema, emitCommand, emittedSchema } from "@tessera/api/emitSchema";
import { describe, expect, it } from "vitest";

describe("schema.graphql", () => {
  it("is what the api serves", () => {
    const same = committedSchema() === emittedSchema();
    expect(same, `schema.graphql is not what apps/api defines. Write it again: ${emitCommand}`).toBe(true);
  });
});
