import { expect, test } from "vitest";
import { readSettings, SettingsError } from "./settings.ts";

test("nothing set is a local service on the embedded database", () => {
  expect(readSettings({})).toEqual({
    databaseUrl: undefined,
    port: 8000,
    host: "localhost",
    logLevel: "info",
    tokens: false,
    rateLimit: undefined,
    bodyLimitBytes: 1_048_576,
    corsOrigins: [],
    slackUrl: undefined,
    webhookUrl: undefined,
    worker: true,
    anomalyRules: false,
    retryWindowSeconds: 60,
    lookbackMinutes: 60,
    retentionDays: 365,
    schedules: {
      freshness: "0 * * * *",
      timeliness: "*/15 * * * *",
      "queue-health": "*/5 * * * *",
      report: "10 * * * *",
      cleanup: "30 3 * * *",
    },
  });
});

test("whoever can be reached by others asks for tokens", () => {
  expect(readSettings({ HOST: "0.0.0.0" })).toMatchObject({ tokens: true, rateLimit: 6_000 });
  expect(readSettings({ HOST: "127.0.0.1", WATCHER_AUTH: "yes" })).toMatchObject({ tokens: true });
  expect(() => readSettings({ HOST: "::", WATCHER_AUTH: "false" })).toThrow(
    "WATCHER_AUTH must not be false when HOST is ::: others can reach it.",
  );
});

test("logs are kept for ever where the retention is 0", () => {
  expect(readSettings({ WATCHER_LOG_RETENTION_DAYS: "0" }).schedules).not.toHaveProperty("cleanup");
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
  expect(readSettings(env)).toMatchObject({
    databaseUrl: "postgresql+asyncpg://u:p@db/watcher",
    port: 9000,
    host: "0.0.0.0",
    logLevel: "warn",
  });
});

test("all mistakes are told at once, by the names that were used, without a password", () => {
  const env = {
    ENV_STATE: "dev",
    DEV_DATABASE_URL: "mysql://u:secret@db/w",
    PORT: "http",
    LOG_LEVEL: "loud",
    SLACK_WEBHOOK_URL: "hooks.slack.com/secret",
    DEV_WATCHER_FRESHNESS_CHECK_SCHEDULE: "hourly",
    WATCHER_TIMELINESS_CHECK_SCHEDULE: "0 * * * * *",
    WATCHER_LOG_RETENTION_DAYS: "30",
    WATCHER_CORS_ORIGINS: "*",
    WATCHER_AUTO_CREATE_ANOMALY_DETECTION_RULES: "perhaps",
  };
  const mistakes = [
    "DEV_DATABASE_URL must begin with postgresql://, postgres:// or pglite://.",
    "PORT must be a number.",
    "LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent.",
    "SLACK_WEBHOOK_URL must be an http or https URL.",
    "WATCHER_CORS_ORIGINS must be a list of origins, such as https://example.com.",
    "WATCHER_AUTO_CREATE_ANOMALY_DETECTION_RULES must be true or false.",
    "WATCHER_TIMELINESS_CHECK_SCHEDULE must be a cron expression, such as 0 * * * *.",
    "DEV_WATCHER_FRESHNESS_CHECK_SCHEDULE must be a cron expression, such as 0 * * * *.",
    "WATCHER_LOG_RETENTION_DAYS must be at least 90, or 0 to keep everything.",
  ];
  expect(() => readSettings(env)).toThrow(new SettingsError(mistakes));
});

test.each(["-1", "65536", "1.5"])("PORT=%s is refused", (PORT) => {
  expect(() => readSettings({ PORT })).toThrow(/^PORT must/);
});

test("ENV_STATE is one of three words", () => {
  expect(() => readSettings({ ENV_STATE: "staging" })).toThrow("ENV_STATE must be dev, test or prod.");
});
