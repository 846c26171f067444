/** @file Stores a chain, all of it read and checked first. */
import { DomainError } from "@tessera/domain/errors";
import { checkChain } from "@tessera/domain/labelChain/checkChain";
import { insertLabelChain, type StoredLabelChain } from "@tessera/store/labelChains";
import { ensureProject } from "@tessera/store/projects";
import type { Context } from "../context.ts";
import type { CreateLabelChainInput } from "./createLabelChain.input.ts";
import { readStage } from "./readStage.ts";

const longestName = 200;

export async function startLabelChain(context: Context, input: CreateLabelChainInput): Promise<StoredLabelChain> {
  const { asTeam, teamId, principal } = context;
  const name = input.name.trim();
  if (name === "" || name.length > longestName) {
    throw new DomainError("BAD_INPUT", `name: expected 1 to ${longestName} characters, got ${name.length}`, {
      field: "name",
    });
  }
  const { classes, prevalence = null, prevalenceSource, note } = input;
  const stages = await Promise.all(
    input.stages.map(async ({ kind, counts }, at) => ({
      kind,
      ...(await readStage(context, counts, classes, `stages.${at}.counts`)),
    })),
  );
  const direct = input.direct ? await readStage(context, input.direct, classes, "direct") : null;
  const chain = checkChain({ classes, prevalence, prevalenceSource: prevalenceSource ?? "", stages, direct });
  return asTeam(async (sql) => {
    const { id: projectId } = await ensureProject(sql, teamId, input.projectName);
    return insertLabelChain(sql, teamId, { ...chain, projectId, name, note: note ?? "", createdBy: principal.userId });
  });
}
