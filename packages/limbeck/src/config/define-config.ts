import type { NamingConvention } from "../operations/language/naming.ts";
import type { StepHook } from "../scripts/step-hook.ts";

/** A length of time: milliseconds, or a text such as "500ms", "2s", "5min". */
export type Duration = number | string;

/** What an environment may ask of every run. */
export type Requirement = "verify" | "forward-only";

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
  /**
   * The version of the application that the revisions belong to, for limbeck's history: a release, or a commit. The
   * environment variable LIMBECK_APPLICATION_VERSION wins.
   */
  readonly applicationVersion?: string | undefined;
  /** The language of new revision files. Default: "ts". */
  readonly format?: "ts" | "sql" | undefined;
  /**
   * How new revision files are named, without their extension. Default: `{revision}_{slug}`; of the time it knows
   * `{year}`, `{month}`, `{day}`, `{hour}`, `{minute}`, `{second}` and `{epoch}`.
   */
  readonly fileTemplate?: string | undefined;
  /** The longest slug in a file's name, in characters. Default: 40. */
  readonly slugLength?: number | undefined;
  /** The IANA time zone of the time in a file's name, as in "Europe/Berlin". Default: the machine's. */
  readonly timezone?: string | undefined;
  /** Commands to run on each new revision file, such as a formatter: `"npx oxfmt {file}"`. */
  readonly writeHooks?: readonly string[] | undefined;
  /**
   * Templates of names for indexes and constraints that a revision gives none, with SQLAlchemy's keys and tokens:
   * `{ ix: "ix_%(column_0_label)s", uq: "uq_%(table_name)s_%(column_0_name)s" }`. Default: PostgreSQL chooses.
   */
  readonly namingConvention?: NamingConvention | undefined;
  /** Whether `limbeck.lock` beside the migrations lists the heads, so that parallel branches conflict in git. Default: true. */
  readonly lockFile?: boolean | undefined;
  readonly lock?:
    | {
        /** How long a runner waits for another one to finish. Default: 10min. */
        readonly wait?: Duration | undefined;
        /**
         * How long a statement that takes a strong lock waits for it, at first, before its step is rolled back and
         * tried again. 0: as long as it takes. Default: 200ms.
         */
        readonly timeout?: Duration | undefined;
        /** What that wait grows to as the deadline comes nearer. Default: 1s. */
        readonly maxTimeout?: Duration | undefined;
        /** How long a step that does not get its locks is tried again. 0: not at all. Default: 5min. */
        readonly retryFor?: Duration | undefined;
      }
    | undefined;
  readonly timeouts?:
    | {
        /** How long a statement in a transaction may take. Default: as long as it takes. */
        readonly statement?: Duration | undefined;
        /** How long a transaction may take (PostgreSQL 17 and newer). Default: as long as it takes. */
        readonly transaction?: Duration | undefined;
        /** How long a transaction may wait for the revision's own code. 0: as long as it takes. Default: 5min. */
        readonly idle?: Duration | undefined;
      }
    | undefined;
  /** Whether an upgrade may drop tables and columns that have rows, and the like, without being asked. Default: false. */
  readonly allowDataLoss?: boolean | undefined;
  readonly lint?:
    | {
        /** The severity of rules by name: `{ "prefer-bigint": "warning", "drop-column": "off" }`. An error makes the exit code 1. */
        readonly rules?: Readonly<Record<string, "error" | "warning" | "info" | "off">> | undefined;
        /** Whether `limbeck upgrade` tells what it finds in the revisions that it is about to run. Default: true. */
        readonly onUpgrade?: boolean | undefined;
      }
    | undefined;
  /** "step": each revision in a transaction of its own; "all": the whole run in one. Default: "step". */
  readonly transaction?: "step" | "all" | undefined;
  /** The folder with rows for `limbeck test`: `{revision}….sql` or `.ts`. Default: `seeds`. */
  readonly seeds?: string | undefined;
  /** The folder with checks of your own for `limbeck verify`: `.sql` or `.ts`. Default: `checks`. */
  readonly checks?: string | undefined;
  /**
   * What has to be, whoever runs it: "verify": upgrades stand between two `verify`; "forward-only": nothing is downgraded.
   * Default: nothing.
   */
  readonly require?: readonly Requirement[] | undefined;
  /** Runs in each step's transaction, before its first statement. What it throws rolls the step back. */
  readonly beforeStep?: StepHook | undefined;
  /** Runs in each step's transaction, after its last statement. What it throws rolls the step back. */
  readonly afterStep?: StepHook | undefined;
}

export interface Config extends EnvironmentConfig {
  /** Chosen with `--env`: what is said there wins over what is said here. */
  readonly environments?: Readonly<Record<string, EnvironmentConfig>> | undefined;
}

/** Gives a configuration its type. */
export function defineConfig(config: Config): Config {
  return config;
}
