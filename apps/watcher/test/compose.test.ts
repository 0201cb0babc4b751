import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";

interface Service {
  readonly command?: readonly string[];
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: object;
  readonly read_only?: boolean;
}

const text = readFileSync(new URL("../../../compose.yaml", import.meta.url), "utf8");
const { services } = parse(text, { merge: true }) as { services: Readonly<Record<string, Service>> };

test("compose.yaml migrates when the database answers, and serves when the migration has ended well", () => {
  expect(services["migrate"]!.command).toEqual(["limbeck", "upgrade", "--log-format", "json"]);
  expect(services["migrate"]!.depends_on).toEqual({ postgres: { condition: "service_healthy" } });
  expect(services["postgres"]!.healthcheck).toBeDefined();
  for (const name of ["watcher", "worker"]) {
    expect(services[name]!.depends_on).toEqual({ migrate: { condition: "service_completed_successfully" } });
  }
});

test("compose.yaml runs one image, read-only, and has no password in it", () => {
  const ours = ["migrate", "watcher", "worker"].map((name) => services[name]!);
  expect(new Set(ours.map(({ image }) => image)).size).toBe(1);
  for (const { read_only: isReadOnly, environment } of ours) {
    expect(isReadOnly).toBe(true);
    expect(environment["DATABASE_URL"]).toBe("postgresql://watcher@postgres:5432/watcher");
  }
  expect(text.match(/PASSWORD: (?!\$\{POSTGRES_PASSWORD:\?)/g)).toBeNull();
});
