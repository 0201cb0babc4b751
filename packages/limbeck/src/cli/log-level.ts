import { LimbeckError } from "../errors/limbeck-error.ts";
import type { RunEvent } from "../runner/events.ts";
import { flagOption, type Given } from "./command.ts";

const LEVELS = ["debug", "info", "warn", "error"] as const;

export type LogLevel = (typeof LEVELS)[number];

/** Python's names, for who brings `ALEMBIC_LOG_LEVEL` along. */
const ALIASES: Readonly<Record<string, LogLevel>> = { warning: "warn", critical: "error", fatal: "error" };

/** What is told of a run: by -q and -v, else by LIMBECK_LOG_LEVEL or ALEMBIC_LOG_LEVEL. Throws USAGE. */
export function logLevel(given: Given, env: NodeJS.ProcessEnv): LogLevel {
  if (flagOption(given, "quiet")) return "error";
  if (flagOption(given, "verbose")) return "debug";
  const name = env["LIMBECK_LOG_LEVEL"] ? "LIMBECK_LOG_LEVEL" : "ALEMBIC_LOG_LEVEL";
  const said = (env[name] || "info").toLowerCase();
  const level = LEVELS.find((candidate) => candidate === said) ?? ALIASES[said];
  if (level !== undefined) return level;
  throw new LimbeckError("USAGE", {
    message: `${name}=${env[name]} is no log level.`,
    hint: `Use one of ${LEVELS.join(", ")}.`,
  });
}

export function levelOf({ type }: RunEvent): LogLevel {
  switch (type) {
    case "statement":
    case "connected":
      return "debug";
    case "finding":
    case "wait":
    case "retry":
    case "warning":
      return "warn";
    case "runFailed":
      return "error";
    default:
      return "info";
  }
}

/** Whether what is on this level is told. */
export function isTold(level: LogLevel, threshold: LogLevel): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(threshold);
}
