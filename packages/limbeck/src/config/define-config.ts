/** A length of time: milliseconds, or a text such as "500ms", "2s", "5min". */
export type Duration = number | string;

/** What may differ from one environment to another. */
export interface EnvironmentConfig {
  /**
   * The database: `postgresql://…`, `postgres://…` or `pglite://folder`. The default is the embedded database in
   * `.limbeck/pgdata` beside the configuration.
   */
  readonly url?: string | undefined;
  /** A folder of revision files, or several, counted from the configuration's folder. Default: `migrations`. */
  readonly migrations?: string | readonly string[] | undefined;
  /** Whether folders inside the migrations folders count too. Default: false. */
  readonly recursive?: boolean | undefined;
  /** The target schema: Drizzle modules, `.sql` files or folders, or the URL of a database. */
  readonly schema?: string | readonly string[] | undefined;
  /** Objects that limbeck leaves alone when it compares schemas: `"audit.*"`, `"tmp_*"`, `"public.legacy"`. */
  readonly exclude?: readonly string[] | undefined;
  /** Default: Alembic's, `alembic_version` in the schema `public`. */
  readonly versionTable?: { readonly name?: string | undefined; readonly schema?: string | undefined } | undefined;
  /** The language of new revision files. Default: "ts". */
  readonly format?: "ts" | "sql" | undefined;
  readonly lock?:
    | {
        /** How long a runner waits for another one to finish. Default: 10min. */
        readonly wait?: Duration | undefined;
      }
    | undefined;
}

export interface Config extends EnvironmentConfig {
  /** Chosen with `--env`: what is said there wins over what is said here. */
  readonly environments?: Readonly<Record<string, EnvironmentConfig>> | undefined;
}

/** Gives a configuration its type. */
export function defineConfig(config: Config): Config {
  return config;
}
