import { LimbeckError } from "../errors/limbeck-error.ts";
import { nearest } from "../errors/suggest.ts";
import { templateMistake } from "../operations/language/naming.ts";
import { parseDuration } from "../scripts/duration.ts";
import type { Config } from "./define-config.ts";

/**
 * The configuration's form. Checked by hand and not by a schema library, because every command does it: the library
 * alone would take longer to load than `limbeck heads` takes.
 */
type Check = (value: unknown, path: string) => string | undefined;

const text: Check = (value) => (typeof value === "string" ? undefined : "a text");
const flag: Check = (value) => (typeof value === "boolean" ? undefined : "true or false");
const texts: Check = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === "string") ? undefined : "a list of texts";
const textOrTexts: Check = (value, path) =>
  typeof value === "string" || (texts(value, path) === undefined && (value as unknown[]).length > 0)
    ? undefined
    : "a text or a list of texts";
const duration: Check = (value) =>
  parseDuration(value) === undefined ? 'a time, such as "500ms", "2s", "5min" or a number of milliseconds' : undefined;
const template: Check = (value) => {
  if (typeof value !== "string" || value === "") return 'a text, such as "ix_%(column_0_label)s"';
  const mistake = templateMistake(value);
  return mistake === undefined ? undefined : `a template of names: ${mistake}`;
};
const count: Check = (value) =>
  Number.isInteger(value) && (value as number) > 0 ? undefined : "a whole number above 0";
const code: Check = (value) => (typeof value === "function" ? undefined : "a function");
const oneOf =
  (...choices: readonly string[]): Check =>
  (value) =>
    choices.includes(value as string) ? undefined : choices.map((choice) => `"${choice}"`).join(" or ");

const SEVERITIES = ["error", "warning", "info", "off"];
const severities: Check = (value) =>
  isObject(value) && Object.values(value).every((severity) => SEVERITIES.includes(severity as string))
    ? undefined
    : `an object of rules, each with one of ${SEVERITIES.map((severity) => `"${severity}"`).join(", ")}`;
const REQUIREMENTS: readonly string[] = ["backup", "confirm", "forward-only", "lint", "verify"];

type Form = { readonly [key: string]: Check | Form };

const ENVIRONMENT: Form = {
  url: text,
  migrations: textOrTexts,
  recursive: flag,
  schema: textOrTexts,
  casing: oneOf("snake_case", "camelCase"),
  exclude: texts,
  includeName: code,
  includeObject: code,
  processOperations: code,
  renames: (value) =>
    isObject(value) && Object.values(value).every((item) => typeof item === "string" && item !== "")
      ? undefined
      : "an object of new names by old ones",
  versionTable: { name: text, schema: text },
  applicationVersion: text,
  format: oneOf("ts", "sql"),
  fileTemplate: (value) =>
    typeof value === "string" && value.includes("{revision}") ? undefined : "a text with {revision} in it",
  slugLength: count,
  timezone: (value) => (isTimeZone(value) ? undefined : 'the name of a time zone, such as "UTC" or "Europe/Berlin"'),
  writeHooks: texts,
  namingConvention: { ix: template, uq: template, ck: template, fk: template, pk: template },
  lockFile: flag,
  lock: { wait: duration, timeout: duration, maxTimeout: duration, retryFor: duration },
  timeouts: { statement: duration, transaction: duration, idle: duration },
  allowDataLoss: flag,
  lint: { rules: severities, onUpgrade: flag },
  transaction: oneOf("step", "all"),
  require: (value) =>
    Array.isArray(value) && value.every((item) => REQUIREMENTS.includes(item as string))
      ? undefined
      : `a list of ${REQUIREMENTS.map((each) => `"${each}"`).join(", ")}`,
  webhook: (value) => (isWebUrl(value) ? undefined : "an http or https URL"),
  backup: { folder: text, keep: count, keepFor: duration, programs: text },
  seeds: text,
  checks: text,
  beforeStep: code,
  afterStep: code,
};

/**
 * Checks a configuration of unknown origin, a file's or the options of a library call; all its mistakes are told at
 * once. Throws CONFIG_INVALID.
 */
export function validateConfig(value: unknown, file?: string): Config {
  const mistakes = [...formMistakes(value, { ...ENVIRONMENT, environments: () => undefined }, "")];
  const environments = isObject(value) ? value["environments"] : undefined;
  if (isObject(environments)) {
    for (const [name, environment] of Object.entries(environments)) {
      mistakes.push(...formMistakes(environment, ENVIRONMENT, `environments.${name}.`));
    }
  } else if (environments !== undefined) mistakes.push("`environments` has to be an object of environments by name");
  if (mistakes.length === 0) return value as Config;
  throw new LimbeckError("CONFIG_INVALID", {
    message: `The ${file === undefined ? "options" : "configuration"} cannot be used: ${mistakes.join("; ")}.`,
    hint: `Correct the ${file === undefined ? "call" : "file; defineConfig(…) lets the editor check it"}.`,
    ...(file === undefined ? {} : { where: { file } }),
    details: { mistakes },
  });
}

function* formMistakes(value: unknown, form: Form, prefix: string): Generator<string> {
  if (!isObject(value))
    return yield prefix === "" ? "it has to export an object" : `\`${prefix.slice(0, -1)}\` has to be an object`;
  for (const [key, field] of Object.entries(value)) {
    const check = Object.hasOwn(form, key) ? form[key] : undefined;
    if (check === undefined) yield unknownKey(prefix, key, Object.keys(form));
    else if (field === undefined) continue;
    else if (typeof check === "function") {
      const expected = check(field, prefix + key);
      if (expected !== undefined) yield `\`${prefix}${key}\` has to be ${expected}`;
    } else yield* formMistakes(field, check, `${prefix}${key}.`);
  }
}

function unknownKey(prefix: string, key: string, known: readonly string[]): string {
  const meant = nearest(key, known);
  return `there is no \`${prefix}${key}\`${meant === undefined ? "" : ` (did you mean \`${prefix}${meant}\`?)`}`;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isWebUrl(value: unknown): boolean {
  return typeof value === "string" && URL.canParse(value) && /^https?:/i.test(value);
}

function isTimeZone(value: unknown): boolean {
  if (typeof value !== "string") return false;
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: value }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

export { parseDuration };
