import type { Context } from "../context.ts";

/** A person's name, also after they left the team. */
export const nameOf = async ({ loaders }: Context, userId: string): Promise<string> =>
  (await loaders.person.load(userId))?.name ?? "somebody who left";
