import { z } from "zod";

/** How the process is set up, from its environment. */
export interface Settings {
  /** The database's URL; the embedded database when there is none. */
  readonly databaseUrl: string | undefined;
  readonly port: number;
  readonly host: string;
  readonly logLevel: (typeof logLevels)[number];
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

const environment = z.object({
  ENV_STATE: z.enum(["dev", "test", "prod"], "must be dev, test or prod").optional(),
  DATABASE_URL: z.string().regex(databaseUrl, "must begin with postgresql://, postgres:// or pglite://").optional(),
  PORT: z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(0, "must not be negative")
    .max(65_535, "must not be above 65535")
    .default(8000),
  HOST: z.string().default("localhost"),
  LOG_LEVEL: z
    .string()
    .transform((level) => levelNames[level.toLowerCase()] ?? level.toLowerCase())
    .pipe(z.enum(logLevels, `must be one of ${logLevels.join(", ")}`))
    .default("info"),
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
  if (!result.success) {
    throw new SettingsError(result.error.issues.map(({ path, message }) => `${nameOf(String(path[0]))} ${message}.`));
  }
  const { DATABASE_URL, PORT, HOST, LOG_LEVEL } = result.data;
  return { databaseUrl: DATABASE_URL, port: PORT, host: HOST, logLevel: LOG_LEVEL };
}
