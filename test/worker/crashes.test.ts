/** What a trainer's violent end does to its run, to its supervisor and to the runs after it. Nothing is imitated. */
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { attemptsOf } from "@tessera/store/attempts";
import { runLogs } from "@tessera/store/logs";
import { explainEnd, type ProcessEnd } from "@tessera/worker/explainEnd";
import type { WorkerEvent } from "@tessera/worker/options";
import { type Supervisor, startSupervisor } from "@tessera/worker/supervisor";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { configuration, type Platform, platform } from "./support/setup.ts";

let given: Platform;
let supervisor: Supervisor | undefined;

beforeAll(async () => {
  given = await platform();
});
afterEach(async () => {
  await supervisor?.stop();
  supervisor = undefined;
});
afterAll(() => given.close());

const supervise = async (observe: (event: WorkerEvent) => void) => {
  supervisor = await startSupervisor(given.workerOptions(observe));
};
const attempts = (id: string) =>
  given.database.db.asTeam(given.database.teamId, (sql) => attemptsOf(sql, given.database.teamId, [id]));

describe("a trainer that faults (SIGSEGV)", () => {
  it("ends its attempt, with its memory in words; the next attempt goes on and the curve is whole", async () => {
    const [whole, id] = [await given.queueRun(), await given.queueRun()];
    let struck = false;
    await supervise((event) => {
      if (event.type !== "spooled" || event.runId !== id || event.sequence !== 4 || struck) return;
      struck = true;
      process.kill(event.trainerPid, "SIGSEGV");
    });
    await given.until(whole, "succeeded");
    await given.until(id, "succeeded");
    const [first, second] = await attempts(id);
    expect(first).toMatchObject({ outcome: "lost", error: expect.stringMatching(/^The trainer crashed \(SIGSEGV\)/) });
    if (process.platform === "linux") expect(first!.error).toMatch(/at a resident size of \d+\.\d GiB/);
    expect(second!.outcome).toBe("succeeded");
    expect(await given.curve(id)).toBe(await given.curve(whole));
  });
});

describe.skipIf(process.platform !== "linux")(
  "decoders that are killed again and again, as where memory runs out",
  () => {
    const childrenOf = (pid: number): number[] => {
      try {
        return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
      } catch {
        return []; // it has ended
      }
    };

    it("end the attempt, in words; the next one trains", async () => {
      const id = await given.queueRun({ epochs: 1, model: { ...configuration.model, size: 32 } }); // not prepared yet
      let killing: NodeJS.Timeout | undefined;
      await supervise((event) => {
        if (event.type === "spooled" && event.runId === id && event.attempt === 1 && event.sequence === 1) {
          killing = setInterval(() => {
            for (const pid of childrenOf(event.trainerPid)) process.kill(pid, "SIGKILL");
          }, 5);
        } else if (event.type === "ended") clearInterval(killing);
      });
      await given.until(id, "succeeded").finally(() => clearInterval(killing));
      const [first, second] = await attempts(id);
      expect(first).toMatchObject({ outcome: "lost", error: expect.stringContaining("decoder was killed twice") });
      expect(second!.outcome).toBe("succeeded");
    });
  },
);

const prlimit = process.platform === "linux" && spawnSync("prlimit", ["--version"]).status === 0;
if (!prlimit) console.warn("SKIPPED: allocations that fail need Linux and prlimit (util-linux)");

/** Bytes that a trainer may take besides what it has before it loads TensorFlow: three times what a tiny run needs. */
const room = 400 * 2 ** 20;

describe.skipIf(!prlimit)("a trainer whose allocations fail (RLIMIT_DATA)", () => {
  const limit = (runId: string) => (event: WorkerEvent) => {
    if (event.type !== "spooled" || event.runId !== runId || event.sequence !== 1) return;
    const status = readFileSync(`/proc/${event.trainerPid}/status`, "utf8");
    const held = Number(/^VmData:\s+(\d+) kB$/m.exec(status)![1]) * 1024;
    execFileSync("prlimit", [`--pid=${event.trainerPid}`, `--data=${held + room}`]);
  };

  it("fails its run, saying that memory ran out and what to change; the supervisor trains the next run", async () => {
    const model = { ...configuration.model, size: 256, depth: 1, skips: [true], baseFilters: 64 };
    const large = await given.queueRun({ model, batchSize: 8 }); // 128 MiB per activation
    await given.database.owner`update runs set attempts_left = 0 where id = ${large}`;
    const next = await given.queueRun();
    await supervise(limit(large));
    await given.until(next, "succeeded");
    const run = await given.run(large);
    expect(run.state).toBe("failed");
    // Where TensorFlow's operation takes the failure well, it is an error of the run; where it writes to null, a crash.
    expect(run.error).toMatch(/Memory ran out: a batch of 8 at 256 x 256 with 64 filters|it was given no more memory/);
    expect(run.error).toMatch(/smaller batch/);
    expect(run.error).toContain("OOM when allocating tensor with shape[8,256,256,64]");
  });

  it("is not held up by the limit itself: a tiny run succeeds within it", async () => {
    const small = await given.queueRun();
    await supervise(limit(small));
    await given.until(small, "succeeded");
    expect(await attempts(small)).toHaveLength(1);
  });
});

describe.skipIf(!prlimit)("a trainer whose disk takes nothing more (RLIMIT_FSIZE)", () => {
  it("waits, and when its worker is stopped its run goes back to the queue", async () => {
    const id = await given.queueRun();
    await supervise((event) => {
      if (event.type !== "spooled" || event.runId !== id || event.sequence !== 1) return;
      execFileSync("prlimit", [`--pid=${event.trainerPid}`, "--fsize=100:"]);
    });
    const { db, teamId } = given.database;
    const waits = async () => {
      const { rows } = await db.asTeam(teamId, (sql) => runLogs(sql, teamId, id));
      return rows.some(({ message }) => message.startsWith("Training waits: EFBIG"));
    };
    await vi.waitUntil(waits, { timeout: 40_000, interval: 100 });
    await supervisor!.stop();
    expect(await given.run(id)).toMatchObject({ state: "queued", error: null });
    expect((await attempts(id)).map(({ outcome }) => outcome)).toEqual(["stopped"]);
    await given.database.owner`update runs set state = 'cancelled' where id = ${id}`;
  });
});

describe("why a trainer is gone", () => {
  const end: ProcessEnd = { code: null, signal: "SIGKILL", lastWords: "", residentBytes: 2 ** 30, memoryRanOut: false };
  it.each([
    { name: "killed by the kernel", change: { memoryRanOut: true }, says: "because the system ran out of memory" },
    {
      name: "killed when it was huge",
      change: { residentBytes: 2 ** 50 },
      says: "most likely the system ran out of memory",
    },
    { name: "killed by whoever", change: {}, says: "was killed (SIGKILL) at a resident size of 1.0 GiB: by hand, or" },
    {
      name: "not Linux",
      change: { residentBytes: null, memoryRanOut: null },
      says: "was killed (SIGKILL): by hand, or",
    },
    {
      name: "V8's own end",
      change: {
        signal: "SIGABRT",
        lastWords: "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory",
      },
      says: "ended (SIGABRT) at a resident size of 1.0 GiB, because it was given no more memory: use a smaller batch",
    },
    { name: "C++", change: { signal: "SIGABRT", lastWords: "what():  std::bad_alloc" }, says: "given no more memory" },
    {
      name: "TensorFlow over a buffer that it did not get",
      change: { signal: "SIGSEGV", lastWords: "RESOURCE_EXHAUSTED: OOM when allocating tensor" },
      says: "given no more memory",
    },
    {
      name: "a fault",
      change: { signal: "SIGBUS", lastWords: "x" },
      says: "crashed (SIGBUS) at a resident size of 1.0 GiB, in",
    },
    {
      name: "a closed terminal",
      change: { signal: "SIGHUP" },
      says: "was ended from outside (SIGHUP) at a resident size of 1.0 GiB.",
    },
    { name: "an exit", change: { code: 3, signal: null }, says: "ended with code 3 without a result" },
    { name: "no start", change: { signal: null, residentBytes: null }, says: "could not be started" },
  ] as const)("$name", ({ change, says }) => {
    expect(explainEnd({ ...end, ...change })).toContain(says);
  });

  it("ends with the trainer's last lines", () => {
    const lines = Array.from({ length: 30 }, (_, i) => `line ${i}`).join("\n");
    expect(explainEnd({ ...end, lastWords: lines })).toMatch(/Its last lines:\nline 18\n.*line 29$/s);
  });
});
