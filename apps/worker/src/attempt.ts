/**
 * @file One attempt of one run, from its claim to its end.
 *
 * Three things go on at once: the trainer's messages are put into the spool, the spool is delivered to the database, and
 * the lease is renewed. The trainer never waits for the database, and the lease never for the trainer.
 */
import { unlink } from "node:fs/promises";
import type { ClaimedRun } from "@tessera/store/claims";
import { endAttempt, heartbeat } from "@tessera/store/claims";
import { messageOf, pause, untilItPasses } from "./backoff.ts";
import { type Delivery, deliver } from "./deliver.ts";
import { explainEnd } from "./explainEnd.ts";
import { jobOf } from "./job.ts";
import { heartbeatMs, leaseSeconds, type SupervisorOptions, spoolLimitBytes, stopGraceMs } from "./options.ts";
import type { EndRecord } from "./spool/record.ts";
import { Spool } from "./spool/spool.ts";
import type { OwnSpools } from "./spool/spoolDirectory.ts";
import type { FromTrainer } from "./trainer/protocol.ts";
import { startTrainer, type TrainerProcess } from "./trainerProcess.ts";

export interface RunningAttempt {
  readonly workerId: string;
  readonly worker: SupervisorOptions;
  readonly own: OwnSpools;
  readonly run: ClaimedRun;
  /** Aborted when the worker is to stop: checkpoint, hand the run back. */
  readonly stopping: AbortSignal;
}

export async function runAttempt(attempt: RunningAttempt): Promise<void> {
  const spool = await Spool.open(attempt.own.pathOf(attempt.run.id, attempt.run.attempt));
  await new AttemptOfRun(attempt, spool).go();
}

class AttemptOfRun {
  private readonly given: RunningAttempt;
  private readonly spool: Spool;
  /** Aborted when nothing of this attempt counts any more, or the time to stop is over. */
  private readonly over = new AbortController();
  private trainer: TrainerProcess | undefined;
  private halted: "cancel" | "stop" | undefined;
  private said: EndRecord | undefined;
  private sequence = 0;
  private handling: Promise<void> = Promise.resolve();
  private fenced = false;
  private delivered = false;

  constructor(given: RunningAttempt, spool: Spool) {
    this.given = given;
    this.spool = spool;
    this.over.signal.addEventListener("abort", () => spool.wakeAll());
  }

  async go(): Promise<void> {
    const { worker, run, stopping } = this.given;
    worker.observe({ type: "claimed", runId: run.id, attempt: run.attempt });
    const onStop = () => this.stop();
    stopping.addEventListener("abort", onStop);
    if (stopping.aborted) onStop();
    const beating = this.beat();
    const delivering = this.deliver();
    const trained = this.train();
    const delivery = await delivering;
    this.delivered = true;
    this.over.abort();
    this.trainer?.kill(); // gone already, unless the delivery failed
    await Promise.all([trained, beating]);
    stopping.removeEventListener("abort", onStop);
    await this.conclude(delivery);
  }

  /** Ends with an end record in the spool. */
  private async train(): Promise<void> {
    const { worker, run } = this.given;
    try {
      const job = await untilItPasses(
        () => jobOf(worker, run),
        this.over.signal,
        (error) => this.log(messageOf(error)),
      );
      if (job === null || this.fenced) return;
      if (this.halted === undefined) {
        this.trainer = startTrainer(job, (message) => {
          this.handling = this.handling.then(() => this.handle(message));
        });
        const end = await this.trainer.gone;
        await this.handling;
        this.said ??= { type: "end", outcome: "lost", error: explainEnd(end) };
      }
    } catch (error) {
      this.said = { type: "end", outcome: "failed", error: messageOf(error) };
    }
    if (this.fenced) return;
    // A trainer that was killed because it did not stop in time was stopped, not lost.
    const asked = this.halted === "cancel" ? ("cancelled" as const) : ("stopped" as const);
    if (this.halted !== undefined && (this.said === undefined || this.said.outcome === "lost")) {
      this.said = { type: "end", outcome: asked, error: null };
    }
    await this.append(() => this.spool.append(this.said!));
  }

  private async handle(message: FromTrainer): Promise<void> {
    const { worker, run } = this.given;
    if (message.type === "end") {
      this.said = { type: "end", outcome: message.outcome, error: null };
    } else if (message.type === "failed") {
      this.said = { type: "end", outcome: message.passing ? "lost" : "failed", error: message.error };
    } else {
      const sequence = ++this.sequence;
      const { blobs, events } = message;
      await this.append(() => this.spool.append({ type: "batch", sequence, blobs, events }));
      if (this.over.signal.aborted) return;
      this.trainer?.send({ type: "acknowledged", id: message.id });
      const trainerPid = this.trainer?.pid ?? 0;
      worker.observe({ type: "spooled", runId: run.id, attempt: run.attempt, sequence, trainerPid });
    }
  }

  /** Waits while the spool is full, and tries again while the disk is. The trainer waits meanwhile. */
  private async append(write: () => Promise<void>): Promise<void> {
    let told = false;
    while (!this.over.signal.aborted) {
      try {
        if (this.spool.size < spoolLimitBytes) return await write();
        if (!told) this.log(`The spool has reached ${spoolLimitBytes} bytes; training waits for the database.`);
      } catch (error) {
        if (!told) this.log(`The spool cannot be written (${messageOf(error)}); training waits.`);
      }
      told = true;
      await pause(1000, this.over.signal);
    }
  }

  private deliver(): Promise<Delivery> {
    const { worker, run } = this.given;
    return deliver({
      worker,
      runId: run.id,
      attempt: run.attempt,
      spool: this.spool,
      signal: this.over.signal,
      wait: true,
      onCancelRequested: () => this.halt("cancel"),
    });
  }

  private async beat(): Promise<void> {
    const { worker, workerId, run } = this.given;
    let silent = false;
    while (!this.over.signal.aborted) {
      try {
        const { teamId, database } = worker;
        const answer = await heartbeat(database, {
          teamId,
          runId: run.id,
          attempt: run.attempt,
          workerId,
          leaseSeconds,
        });
        if (silent) this.log("The database answers heartbeats again.");
        silent = false;
        if (answer.cancelRequested) this.halt("cancel");
        if (!answer.owned && !this.delivered) return this.fence();
      } catch (error) {
        if (!silent) this.log(`No heartbeat: ${messageOf(error)}. Training goes on.`);
        silent = true;
      }
      await pause(heartbeatMs, this.over.signal);
    }
  }

  /** Another attempt has the run. */
  private fence(): void {
    // The end record may be on its way: then the run is not running because we ended it.
    if (this.said !== undefined && this.spool.length <= 1) return;
    this.fenced = true;
    this.over.abort();
    this.trainer?.kill();
  }

  private halt(how: "cancel" | "stop"): void {
    if (this.halted === undefined) this.trainer?.send({ type: "halt", how });
    this.halted ??= how;
  }

  private stop(): void {
    this.halt("stop");
    const { signal } = this.over;
    void pause(stopGraceMs.trainer, signal).then(() => {
      this.trainer?.kill();
      return pause(stopGraceMs.spool, signal).then(() => this.over.abort()); // the database is away: the spool stays
    });
  }

  private async conclude(delivery: Delivery): Promise<void> {
    const { worker, run } = this.given;
    const of = { runId: run.id, attempt: run.attempt };
    if (delivery.type === "ended") {
      await this.spool.remove();
      const { outcome, error } = delivery.end;
      worker.observe({ type: "ended", ...of, outcome, error });
    } else if (delivery.type === "refused") {
      await this.spool.remove();
      const error = `The trainer's report was refused: ${delivery.error}`;
      await this.endRefused(error);
      worker.observe({ type: "ended", ...of, outcome: "failed", error });
    } else if (delivery.type === "stale" || this.fenced) {
      await this.spool.remove();
      this.log("Another attempt has this run; the trainer was ended and its spool discarded.");
      worker.observe({ type: "ended", ...of, outcome: "lost", error: "another attempt has this run" });
    } else {
      await this.spool.close();
      if (this.spool.length === 0) await unlink(this.spool.path);
      this.log(`The database is away: ${this.spool.length} record(s) stay in the spool for the next worker here.`);
    }
  }

  private async endRefused(error: string): Promise<void> {
    const { worker, run } = this.given;
    try {
      await endAttempt(worker.database, {
        teamId: worker.teamId,
        runId: run.id,
        attempt: run.attempt,
        outcome: "failed",
        error,
      });
    } catch (inner) {
      this.log(`The attempt could not be ended: ${messageOf(inner)}. Its lease will lapse.`);
    }
  }

  private log(message: string): void {
    const { worker, run } = this.given;
    worker.observe({ type: "log", level: "warning", message: `Run ${run.id}, attempt ${run.attempt}: ${message}` });
  }
}
