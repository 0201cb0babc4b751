import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { reasonOf } from "../errors/reason.ts";
import { nearest } from "../errors/suggest.ts";
import type { NamingConvention } from "../operations/language/naming.ts";
import type { Inclusion } from "../schema/exclude.ts";
import { parseDuration } from "../scripts/duration.ts";
import type { FileNaming } from "../scripts/file-name.ts";
import type { Authoring } from "../scripts/load.ts";
import type { StepHook } from "../scripts/step-hook.ts";
import type { Config, EnvironmentConfig, ProcessOperations, Requirement } from "./define-config.ts";
import { evaluateConfig } from "./evaluate.ts";
import { isObject, isWebUrl, validateConfig } from "./validate.ts";

/** What the command line, or the caller of the library, says. */
export interface ConfigInput {
  /** The configuration file; found upwards from `cwd` when left out. */
  readonly file?: string | undefined;
  /** The environment's name. */
  readonly environment?: string | undefined;
  readonly url?: string | undefined;
  /** What wins over the file, key by key. */
  readonly overrides?: EnvironmentConfig | undefined;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly authoring: Authoring;
}

/** The configuration with every default filled in and every path absolute. */
export interface ResolvedConfig {
  /** The configuration file; undefined when there is none. */
  readonly file: string | undefined;
  /** The folder from which relative paths count. */
  readonly folder: string;
  readonly environment: string | undefined;
  /** The process's environment, with what `.env` beside the configuration adds to it. */
  readonly env: NodeJS.ProcessEnv;
  readonly url: string;
  readonly locations: readonly string[];
  readonly recursive: boolean;
  readonly schema: readonly string[];
  readonly exclude: readonly string[];
  readonly inclusion: Inclusion;
  readonly processOperations: ProcessOperations | undefined;
  /** New names by old ones. */
  readonly renames: Readonly<Record<string, string>>;
  readonly versionTable: { readonly name: string; readonly schema: string };
  /** The version of the application that the revisions belong to, for the history. */
  readonly applicationVersion: string | undefined;
  readonly format: "ts" | "sql";
  readonly naming: FileNaming;
  readonly namingConvention: NamingConvention | undefined;
  readonly casing: Config["casing"];
  readonly writeHooks: readonly string[];
  readonly lockFile: boolean;
  /** All in milliseconds. `timeoutMs` is undefined when nobody says one. */
  readonly lock: {
    readonly waitMs: number;
    readonly timeoutMs: number | undefined;
    readonly maxTimeoutMs: number | undefined;
    readonly retryForMs: number;
  };
  /** All in milliseconds. */
  readonly timeouts: {
    readonly statementMs: number | undefined;
    readonly transactionMs: number | undefined;
    readonly idleMs: number;
  };
  readonly allowDataLoss: boolean;
  readonly lint: {
    readonly rules: Readonly<Record<string, "error" | "warning" | "info" | "off">>;
    readonly onUpgrade: boolean;
  };
  readonly transaction: "step" | "all";
  readonly require: readonly Requirement[];
  /** Where the end of a run is posted; undefined for nowhere. It may be a secret. */
  readonly webhook: string | undefined;
  readonly backup: {
    /** Absolute. Need not be there. */
    readonly folder: string;
    readonly keep: number | undefined;
    readonly keepForMs: number | undefined;
    readonly programs: string | undefined;
  };
  /** Absolute folders, which need not be there. */
  readonly seeds: string;
  readonly checks: string;
  readonly hooks: { readonly beforeStep: StepHook | undefined; readonly afterStep: StepHook | undefined };
}

/** The names of configuration files, in the order in which they are looked for. */
export const CONFIG_FILE_NAMES = ["ts", "mts", "js", "mjs", "json"].map((extension) => `limbeck.config.${extension}`);
const EMBEDDED_URL = "pglite://.limbeck/pgdata";
const MINUTE_MS = 60_000;

/** Ends when the configuration that is being loaded is. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Finds and reads the configuration. Precedence: what the caller says, then the environment variables (DATABASE_URL,
 * LIMBECK_ENV, LIMBECK_APPLICATION_VERSION, LIMBECK_WEBHOOK_URL), then the file. An environment that the caller named is the caller's word for its URL too.
 *
 * One at a time in a process: while a file is evaluated, `process.env` has its `.env` in it, which must never become
 * another configuration's DATABASE_URL.
 */
export function loadConfig(input: ConfigInput): Promise<ResolvedConfig> {
  const loaded = turn.then(() => loadAlone(input));
  turn = loaded.catch(() => undefined);
  return loaded;
}

async function loadAlone(input: ConfigInput): Promise<ResolvedConfig> {
  refuseEmptyUrl(input.url);
  const file = input.file === undefined ? findConfig(input.cwd) : namedConfig(resolve(input.cwd, input.file));
  const folder = file === undefined ? input.cwd : dirname(file);
  const env = { ...dotEnv(folder), ...withoutEmpty(input.env) };
  const config = file === undefined ? {} : validateConfig(await evaluate(file, env, input.authoring), file);
  const name = input.environment ?? env["LIMBECK_ENV"];
  const chosen = name === undefined ? {} : environmentOf(config, name);
  const overrides = validateConfig(input.overrides ?? {});
  const settings = merged(merged(config, chosen), overrides);
  const { lock = {}, timeouts = {} } = settings;
  const named = input.environment === undefined ? undefined : chosen.url;
  const url = input.url || named || env["DATABASE_URL"] || settings.url;
  // A secret that was not handed over must not lead to a database of its own.
  if (url === undefined) refuseEmptyUrl(input.env["DATABASE_URL"]);
  return {
    file,
    folder,
    environment: name,
    env,
    url: url || EMBEDDED_URL,
    locations: list(settings.migrations ?? "migrations").map((path) => resolve(folder, path)),
    recursive: settings.recursive ?? false,
    schema: list(settings.schema ?? []),
    casing: settings.casing,
    exclude: settings.exclude ?? [],
    inclusion: { includeName: settings.includeName, includeObject: settings.includeObject },
    processOperations: settings.processOperations,
    renames: settings.renames ?? {},
    versionTable: {
      name: settings.versionTable?.name ?? "alembic_version",
      schema: settings.versionTable?.schema ?? "public",
    },
    applicationVersion: env["LIMBECK_APPLICATION_VERSION"] ?? settings.applicationVersion,
    format: settings.format ?? "ts",
    naming: {
      template: settings.fileTemplate ?? "{revision}_{slug}",
      slugLength: settings.slugLength ?? 40,
      timezone: settings.timezone,
    },
    namingConvention: settings.namingConvention,
    writeHooks: settings.writeHooks ?? [],
    lockFile: settings.lockFile ?? true,
    lock: {
      waitMs: parseDuration(lock.wait) ?? 10 * MINUTE_MS,
      timeoutMs: parseDuration(lock.timeout),
      maxTimeoutMs: parseDuration(lock.maxTimeout),
      retryForMs: parseDuration(lock.retryFor) ?? 5 * MINUTE_MS,
    },
    timeouts: {
      statementMs: parseDuration(timeouts.statement),
      transactionMs: parseDuration(timeouts.transaction),
      idleMs: parseDuration(timeouts.idle) ?? 5 * MINUTE_MS,
    },
    allowDataLoss: settings.allowDataLoss ?? false,
    lint: { rules: settings.lint?.rules ?? {}, onUpgrade: settings.lint?.onUpgrade ?? true },
    transaction: settings.transaction ?? "step",
    require: settings.require ?? [],
    webhook: webhookOf(env) ?? settings.webhook,
    backup: {
      folder: resolve(folder, settings.backup?.folder ?? "backups"),
      keep: settings.backup?.keep,
      keepForMs: parseDuration(settings.backup?.keepFor),
      programs: programsFolder(folder, env["LIMBECK_PG_BIN"] ?? settings.backup?.programs),
    },
    seeds: resolve(folder, settings.seeds ?? "seeds"),
    checks: resolve(folder, settings.checks ?? "checks"),
    hooks: { beforeStep: settings.beforeStep, afterStep: settings.afterStep },
  };
}

/** A variable of the shell that is not set would otherwise lead to another database than the one that was meant. */
function refuseEmptyUrl(url: string | undefined): void {
  if (url !== "") return;
  throw new LimbeckError("URL_INVALID", {
    message: "The database URL is empty.",
    hint: "See whether the variable that it comes from is set, or leave it out to use the configuration's.",
  });
}

function webhookOf(env: NodeJS.ProcessEnv): string | undefined {
  const url = env["LIMBECK_WEBHOOK_URL"];
  if (url === undefined || isWebUrl(url)) return url;
  throw new LimbeckError("CONFIG_INVALID", {
    message: "LIMBECK_WEBHOOK_URL is no http or https URL.",
    hint: "Correct the variable, or unset it to post nothing.",
  });
}

function findConfig(from: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const found = CONFIG_FILE_NAMES.map((name) => join(folder, name)).find((path) => existsSync(path));
    if (found !== undefined || folder === dirname(folder)) return found;
  }
}

function namedConfig(path: string): string {
  if (existsSync(path)) return path;
  throw new LimbeckError("CONFIG_NOT_FOUND", {
    message: `There is no configuration file ${path}.`,
    hint: "Check --config, or run `limbeck init` to write one.",
  });
}

/** The file sees its own `.env`, and nobody else does: two configurations in one process never meet. */
async function evaluate(file: string, env: NodeJS.ProcessEnv, authoring: Authoring): Promise<unknown> {
  const added = Object.keys(env).filter((key) => !process.env[key]);
  const before = Object.fromEntries(added.map((key) => [key, process.env[key]]));
  for (const key of added) process.env[key] = env[key];
  try {
    return await evaluateConfig(file, authoring);
  } finally {
    for (const key of added) {
      if (before[key] === undefined) delete process.env[key];
      else process.env[key] = before[key];
    }
  }
}

function dotEnv(folder: string): NodeJS.ProcessEnv {
  const path = join(folder, ".env");
  try {
    return parseEnv(readFileSync(path, "utf8"));
  } catch (cause) {
    // Python keeps a whole environment in a folder of that name.
    if (["ENOENT", "EISDIR"].includes((cause as NodeJS.ErrnoException).code ?? "")) return {};
    throw new LimbeckError("CONFIG_LOAD_FAILED", {
      message: `The file ${path} cannot be read: ${reasonOf(cause)}.`,
      hint: "Check its permissions.",
      where: { file: path },
      cause,
    });
  }
}

function environmentOf(config: Config, name: string): EnvironmentConfig {
  const environments = config.environments ?? {};
  if (Object.hasOwn(environments, name)) return environments[name]!;
  const names = Object.keys(environments);
  const meant = nearest(name, names);
  throw new LimbeckError("ENVIRONMENT_NOT_FOUND", {
    message: `The configuration has no environment "${name}".`,
    hint:
      names.length === 0
        ? "Add it under `environments` in limbeck.config.ts."
        : `It has ${names.join(", ")}${meant === undefined ? "." : `; did you mean ${meant}?`}`,
  });
}

function programsFolder(folder: string, path: string | undefined): string | undefined {
  return path === undefined ? undefined : resolve(folder, path);
}

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}

/** The settings of both, key by key also inside of `versionTable` and `lock`; where both say something, `over` wins. */
function merged<T extends object>(under: T, over: T): T {
  const fields = Object.entries(over).flatMap(([key, value]: [string, unknown]) => {
    if (value === undefined) return [];
    const below = (under as Record<string, unknown>)[key];
    return [[key, isObject(below) && isObject(value) ? merged(below, value) : value] as const];
  });
  return { ...under, ...Object.fromEntries(fields) };
}

/** An empty environment variable is one that is not set. */
function withoutEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
}
