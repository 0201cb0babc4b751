import { expect, test } from "vitest";
import { readSettings, SettingsError } from "./settings.ts";

test("nothing set is a local service on the embedded database", () => {
  expect(readSettings({})).toEqual({ databaseUrl: undefined, port: 8000, host: "localhost", logLevel: "info" });
});

test("an empty variable is not set", () => {
  expect(readSettings({ DATABASE_URL: "", PORT: "", ENV_STATE: "" })).toEqual(readSettings({}));
});

test("the names of the original's settings and levels are understood", () => {
  const env = {
    ENV_STATE: "prod",
    PROD_DATABASE_URL: "postgresql+asyncpg://u:p@db/watcher",
    DATABASE_URL: "postgresql://u:p@elsewhere/watcher",
    DEV_PORT: "1",
    PORT: "9000",
    PROD_LOG_LEVEL: "WARNING",
    HOST: "0.0.0.0",
  };
  expect(readSettings(env)).toEqual({
    databaseUrl: "postgresql+asyncpg://u:p@db/watcher",
    port: 9000,
    host: "0.0.0.0",
    logLevel: "warn",
  });
});

test("all mistakes are told at once, by the names that were used, without a password", () => {
  const env = { ENV_STATE: "dev", DEV_DATABASE_URL: "mysql://u:secret@db/w", PORT: "http", LOG_LEVEL: "loud" };
  const mistakes = [
    "DEV_DATABASE_URL must begin with postgresql://, postgres:// or pglite://.",
    "PORT must be a number.",
    "LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent.",
  ];
  expect(() => readSettings(env)).toThrow(new SettingsError(mistakes));
});

test.each(["-1", "65536", "1.5"])("PORT=%s is refused", (PORT) => {
  expect(() => readSettings({ PORT })).toThrow(/^PORT must/);
});

test("ENV_STATE is one of three words", () => {
  expect(() => readSettings({ ENV_STATE: "staging" })).toThrow("ENV_STATE must be dev, test or prod.");
});
