/** @file What a killed worker left on disk is brought to the database, or discarded where its attempt is not the newest. */
import { deliver } from "./deliver.ts";
import type { SupervisorOptions } from "./options.ts";
import { Spool } from "./spool/spool.ts";
import { adoptLeftovers, type OwnSpools } from "./spool/spoolDirectory.ts";

export async function replayLeftovers(worker: SupervisorOptions, own: OwnSpools, signal: AbortSignal): Promise<void> {
  for (const { path, runId, attempt } of await adoptLeftovers(worker.spoolDirectory, own)) {
    const spool = await Spool.open(path);
    const batches = spool.length;
    const send = () =>
      deliver({ worker, runId, attempt, spool, signal, wait: false, onCancelRequested: () => undefined });
    let delivery = await send();
    if (delivery.type === "empty") {
      // No end: the worker was killed in the middle. Its trainer ended with it, so the run can be handed on at once.
      await spool.append({ type: "end", outcome: "lost", error: "The worker process was killed" });
      delivery = await send();
    }
    if (delivery.type === "aborted") {
      await spool.close(); // the next worker tries again
      return;
    }
    await spool.remove();
    const left = `Run ${runId}, attempt ${attempt}: ${batches} record(s) left by a killed worker were`;
    if (delivery.type === "ended") {
      worker.observe({ type: "log", level: "info", message: `${left} delivered` });
    } else {
      const why = delivery.type === "refused" ? `the database refuses them: ${delivery.error}` : "the attempt is over";
      worker.observe({ type: "log", level: "warning", message: `${left} discarded: ${why}` });
    }
  }
  await own.tidy();
}
