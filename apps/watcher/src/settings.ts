import cron from "cron-parser";
import { z } from "zod";

/** How the process is set up, from its environment. */
export interface Settings {
  /** The database's URL; the embedded database when there is none. */
  readonly databaseUrl: string | undefined;
  readonly port: number;
  readonly host: string;
  readonly logLevel: (typeof logLevels)[number];
  /** Whether requests need a token. */
  readonly tokens: boolean;
  /** Requests a minute from one address. */
  readonly rateLimit: number | undefined;
  readonly bodyLimitBytes: number;
  readonly corsOrigins: readonly string[];
  readonly slackUrl: string | undefined;
  readonly webhookUrl: string | undefined;
  /** Whether this process works on jobs beside serving. */
  readonly worker: boolean;
  readonly anomalyRules: boolean;
  readonly retryWindowSeconds: number;
  readonly lookbackMinutes: number;
  /** How long logs are kept; for ever, if there is no number. */
  readonly retentionDays: number | undefined;
  /** Cron expressions, in UTC. */
  readonly schedules: {
    readonly freshness: string;
    readonly timeliness: string;
    readonly "queue-health": string;
    readonly report: string;
    readonly cleanup?: string;
  };
}

/** The environment is wrong. Each mistake is a sentence that names its variable, and never a secret's value. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join("\n"));
    this.mistakes = mistakes;
  }
}

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

/** What Python calls some of the levels, which existing deployments say. */
const levelNames: Readonly<Record<string, string>> = { warning: "warn", critical: "fatal" };

const databaseUrl = /^(?:postgres|postgresql|pglite)(?:\+[a-z0-9_]+)?:\/\//i;

const whole = (min: number, max: number) =>
  z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(min, min === 0 ? "must not be negative" : `must be at least ${min}`)
    .max(max, `must not be above ${max}`);

const yes = ["true", "1", "yes", "on"];
const no = ["false", "0", "no", "off"];

const flag = z
  .string()
  .transform((word) => word.toLowerCase())
  .refine((word) => yes.includes(word) || no.includes(word), "must be true or false")
  .transform((word) => yes.includes(word));

const webUrl = z.url({ protocol: /^https?$/, error: "must be an http or https URL" });

const schedule = z.string().refine(isCron, "must be a cron expression, such as 0 * * * *");

function isCron(text: string): boolean {
  try {
    // Minutes are as fine as schedules get; a sixth field would be seconds.
    return text.trim().split(/\s+/).length === 5 && cron.parseExpression(text, { tz: "UTC" }).hasNext();
  } catch {
    return false;
  }
}

const environment = z.object({
  ENV_STATE: z.enum(["dev", "test", "prod"], "must be dev, test or prod").optional(),
  DATABASE_URL: z.string().regex(databaseUrl, "must begin with postgresql://, postgres:// or pglite://").optional(),
  PORT: whole(0, 65_535).default(8000),
  HOST: z.string().default("localhost"),
  LOG_LEVEL: z
    .string()
    .transform((level) => levelNames[level.toLowerCase()] ?? level.toLowerCase())
    .pipe(z.enum(logLevels, `must be one of ${logLevels.join(", ")}`))
    .default("info"),
  SLACK_WEBHOOK_URL: webUrl.optional(),
  WATCHER_WEBHOOK_URL: webUrl.optional(),
  WATCHER_AUTH: flag.optional(),
  WATCHER_RATE_LIMIT_PER_MINUTE: whole(1, 10_000_000).optional(),
  WATCHER_BODY_LIMIT_BYTES: whole(1_024, 1_073_741_824).default(1_048_576),
  WATCHER_CORS_ORIGINS: z
    .string()
    .transform((list) => list.split(",").map((origin) => origin.trim().replace(/\/$/, "")))
    .pipe(z.array(z.string().regex(/^https?:\/\/[^/]+$/, "must be a list of origins, such as https://example.com")))
    .default([]),
  WATCHER_WORKER: flag.default(true),
  WATCHER_AUTO_CREATE_ANOMALY_DETECTION_RULES: flag.default(false),
  WATCHER_START_RETRY_WINDOW_SECONDS: whole(0, 86_400).default(60),
  WATCHER_TIMELINESS_CHECK_LOOKBACK_MINUTES: whole(5, 525_600).default(60),
  WATCHER_TIMELINESS_CHECK_SCHEDULE: schedule.default("*/15 * * * *"),
  WATCHER_FRESHNESS_CHECK_SCHEDULE: schedule.default("0 * * * *"),
  WATCHER_CELERY_QUEUE_HEALTH_CHECK_SCHEDULE: schedule.default("*/5 * * * *"),
  WATCHER_REPORT_REFRESH_SCHEDULE: schedule.default("10 * * * *"),
  WATCHER_LOG_CLEANUP_SCHEDULE: schedule.default("30 3 * * *"),
  WATCHER_LOG_RETENTION_DAYS: whole(0, 36_500)
    .refine((days) => days === 0 || days >= 90, "must be at least 90, or 0 to keep everything")
    .default(365),
});

type Name = keyof typeof environment.shape;

/**
 * Reads the settings, or throws SettingsError with every mistake at once. With ENV_STATE=dev each variable may be
 * given as DEV_…, which wins over its plain name; so too for test and prod. An empty variable counts as not set.
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const prefix = env["ENV_STATE"] ? `${env["ENV_STATE"].toUpperCase()}_` : "";
  const nameOf = (name: string) => (env[prefix + name] ? prefix + name : name);
  const names = Object.keys(environment.shape) as Name[];
  const result = environment.safeParse(Object.fromEntries(names.map((name) => [name, env[nameOf(name)] || undefined])));
  const mistakes = result.error?.issues.map(({ path, message }) => `${nameOf(String(path[0]))} ${message}.`) ?? [];
  const host = env[nameOf("HOST")] || "localhost";
  const isLocal = /^(?:localhost|127(?:\.\d+){3}|::1|\[::1\])$/i.test(host);
  if (!isLocal && result.data?.WATCHER_AUTH === false) {
    mistakes.push(`${nameOf("WATCHER_AUTH")} must not be false when HOST is ${host}: others can reach it.`);
  }
  if (result.data === undefined || mistakes.length > 0) throw new SettingsError(mistakes);
  return settingsOf(result.data, isLocal);
}

function settingsOf(env: z.infer<typeof environment>, isLocal: boolean): Settings {
  const retentionDays = env.WATCHER_LOG_RETENTION_DAYS === 0 ? undefined : env.WATCHER_LOG_RETENTION_DAYS;
  return {
    databaseUrl: env.DATABASE_URL,
    port: env.PORT,
    host: env.HOST,
    logLevel: env.LOG_LEVEL,
    tokens: env.WATCHER_AUTH ?? !isLocal,
    rateLimit: env.WATCHER_RATE_LIMIT_PER_MINUTE ?? (isLocal ? undefined : 6_000),
    bodyLimitBytes: env.WATCHER_BODY_LIMIT_BYTES,
    corsOrigins: env.WATCHER_CORS_ORIGINS,
    slackUrl: env.SLACK_WEBHOOK_URL,
    webhookUrl: env.WATCHER_WEBHOOK_URL,
    worker: env.WATCHER_WORKER,
    anomalyRules: env.WATCHER_AUTO_CREATE_ANOMALY_DETECTION_RULES,
    retryWindowSeconds: env.WATCHER_START_RETRY_WINDOW_SECONDS,
    lookbackMinutes: env.WATCHER_TIMELINESS_CHECK_LOOKBACK_MINUTES,
    retentionDays,
    schedules: {
      freshness: env.WATCHER_FRESHNESS_CHECK_SCHEDULE,
      timeliness: env.WATCHER_TIMELINESS_CHECK_SCHEDULE,
      "queue-health": env.WATCHER_CELERY_QUEUE_HEALTH_CHECK_SCHEDULE,
      report: env.WATCHER_REPORT_REFRESH_SCHEDULE,
      ...(retentionDays !== undefined && { cleanup: env.WATCHER_LOG_CLEANUP_SCHEDULE }),
    },
  };
}
