/** @file tessera: the commands of the product. Run as `npm run demo`, `npm start`, or `npm run tessera -- COMMAND`. */
import { DomainError } from "@tessera/domain/errors";
import { EngineError } from "@tessera/engine/errors";

const usage = `tessera COMMAND

  demo     the main job, end to end: import, split, train two arms, compare       npm run demo -- --help
  start    database, api, dashboard and the workers of this machine
  import   send images and masks, a COCO set or NIfTI volumes to a running Tessera  npm run tessera -- import --help
  weights  send pretrained weights to a running Tessera                           npm run tessera -- weights --help
  doctor   what this machine has, what Tessera would use, and what is in the way  npm run tessera -- doctor --json
  install  TensorFlow's libraries for one device                                 npm run tessera -- install cpu | cuda

  One process each, for containers and other machines (settings come from the environment, docs/operating.md):
  prepare  migrate the database; make the first team and its admin
  api | web | worker
`;

const commands: Record<string, () => Promise<{ run(args: string[]): Promise<void> }>> = {
  demo: () => import("./demo/command.ts"),
  start: () => import("./start.ts"),
  import: () => import("./import/command.ts"),
  weights: () => import("./weights/command.ts"),
  doctor: () => import("./doctor/command.ts"),
  prepare: () => import("./single/prepare.ts"),
  api: () => import("./single/api.ts"),
  web: () => import("./single/web.ts"),
  worker: () => import("./single/worker.ts"),
};

const [name = "", ...args] = process.argv.slice(2);
const load = commands[name];
if (!load) {
  console.error(usage);
  process.exit(name === "" || name === "--help" ? 0 : 2);
}
try {
  const command = await load();
  await command.run(args);
} catch (error) {
  const known =
    error instanceof DomainError ||
    error instanceof EngineError ||
    (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS");
  console.error(known ? `\n  ${(error as Error).message}\n` : error);
  process.exit(1);
}
