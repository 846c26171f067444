/**
 * @file Kills trainers and supervisors with SIGKILL, again and again, and compares the curve with one that was left alone.
 *
 *   npm run bench -- kills [kills of each kind, 20] [seed, 1]
 *
 * `equal`: every point, sample, evaluation and the final weights are the same, bit for bit.
 */
import { join } from "node:path";
import { keyedRandom } from "@tessera/models/augmentation/random";
import type { WorkerEvent } from "@tessera/worker/options";
import { startSupervisor } from "@tessera/worker/supervisor";
import setup from "../../test/support/postgres.ts";
import { forkSupervisor } from "../../test/worker/support/forkSupervisor.ts";
import { type Platform, platform } from "../../test/worker/support/setup.ts";
import type { Bench } from "../main.ts";

export const bench: Bench = {
  about: "SIGKILL to trainers and supervisors: points lost, points doubled, curve equal",
  async run([kills = "20", seed = "1"]) {
    const stopServer = await setup();
    const given = await platform();
    try {
      return await killing(given, Number(kills), Number(seed));
    } finally {
      await given.close();
      await stopServer();
    }
  },
};

const say = (text: string) => process.stderr.write(`${text}\n`);

async function killing(given: Platform, kills: number, seed: number) {
  const changes = { epochs: 2 * kills };
  /** A batch to be killed after: some before the attempt's first checkpoint, some after several. */
  const draw = keyedRandom({ seed, epoch: 0, index: 0 });
  const place = () => 1 + Math.floor(draw() * 9);
  const queue = async () => {
    const id = await given.queueRun(changes);
    await given.database.owner`update runs set attempts_left = 1000000 where id = ${id}`;
    return id;
  };
  const finish = async (id: string, observe?: (event: WorkerEvent) => void) => {
    const supervisor = await startSupervisor(given.workerOptions(observe));
    await given.until(id, "succeeded");
    await supervisor.stop();
  };

  const alone = await queue();
  await finish(alone);
  say("reference done");

  const children = await queue();
  let childKills = 0;
  let next = place();
  await finish(children, (event) => {
    if (event.type !== "spooled" || event.sequence !== next || childKills === kills) return;
    process.kill(event.trainerPid, "SIGKILL");
    childKills++;
    next = place();
    say(`trainer killed after batch ${event.sequence} (${childKills})`);
  });

  const supervisors = await queue();
  let supervisorKills = 0;
  const { connection, teamId } = given.database;
  while (supervisorKills < kills) {
    const dieAt = { type: draw() < 0.5 ? ("spooled" as const) : ("ingested" as const), count: place() };
    const spoolDirectory = join(given.directory, "spool");
    await forkSupervisor({ connection, teamId, objectsDirectory: given.objectsDirectory, spoolDirectory, dieAt }).gone;
    supervisorKills++;
    say(`supervisor killed at ${dieAt.type} ${dieAt.count} (${supervisorKills})`);
  }
  await finish(supervisors);

  const reference = await given.curve(alone);
  const faults = [await given.faults(children), await given.faults(supervisors)];
  return {
    childKills,
    supervisorKills,
    lost: faults[0]!.lost + faults[1]!.lost,
    doubled: faults[0]!.doubled + faults[1]!.doubled,
    equal: (await given.curve(children)) === reference && (await given.curve(supervisors)) === reference,
    attempts: [(await given.run(children)).attempt, (await given.run(supervisors)).attempt],
  };
}
