import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { isLimbeckError, type RunEvent } from "limbeck";
import type { Logger } from "pino";
import { buildApp } from "./app.ts";
import { createLogger } from "./logger.ts";
import { openMigrated } from "./migrations.ts";
import { readSettings, SettingsError, type Settings } from "./settings.ts";

const dotEnv = new URL("../.env", import.meta.url);

try {
  const settings = readSettings(environment());
  await serve(settings, createLogger(settings.logLevel, process.stdout), untilStopped());
} catch (error) {
  const { text, exitCode } = explain(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = exitCode;
}

/** As for the limbeck command: what the process was given wins over the file, and an empty variable is not given. */
function environment(): NodeJS.ProcessEnv {
  const given = Object.entries(process.env).filter(([, value]) => value !== "");
  return { ...(existsSync(dotEnv) && parseEnv(readFileSync(dotEnv, "utf8"))), ...Object.fromEntries(given) };
}

/** Takes the database to head and serves until the signal says to stop; then ends what is under way, and closes. */
async function serve({ databaseUrl, host, port }: Settings, logger: Logger, signal: AbortSignal): Promise<void> {
  const { database, readStatus, heads } = await openMigrated({
    url: databaseUrl,
    signal,
    onEvent: (event) => logStep(logger, event),
    onIdleError: (error) => logger.warn({ err: error }, "An idle connection to the database broke"),
  });
  logger.info(`The database is at ${heads.join(", ")}`);
  const app = buildApp({ database, readStatus, logger });
  try {
    await app.listen({
      host,
      port,
      listenTextResolver: (address) =>
        `Watcher serves on http://${host}:${new URL(address).port} (${database.kind} database)`,
    });
    await new Promise((resolve) => (signal.aborted ? resolve(undefined) : signal.addEventListener("abort", resolve)));
    logger.info("Watcher stops");
  } finally {
    await app.close();
    await database.close();
  }
}

function logStep(logger: Logger, event: RunEvent): void {
  if (event.type === "stepStart") logger.debug(`Upgrade ${event.step.revision} begins`);
  if (event.type === "stepEnd") {
    const { step, durationMs } = event;
    logger.info(`Upgrade ${step.revision} took ${Math.round(durationMs)} ms: ${step.message}`);
  }
}

/** Aborted by the first SIGINT or SIGTERM. The second one ends the process there and then, as if nobody listened. */
function untilStopped(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => controller.abort());
  return controller.signal;
}

function explain(error: unknown): { text: string; exitCode: number } {
  if (error instanceof SettingsError) return { text: error.message, exitCode: 2 };
  if (isLimbeckError(error)) {
    const place = error.where === undefined ? "" : `\n  at ${error.where.file}:${error.where.line ?? 1}`;
    return { text: `${error.code}: ${error.message}${place}\n${error.hint}`, exitCode: error.exitCode };
  }
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE" || code === "EACCES" || code === "ENOTFOUND" || code === "EADDRNOTAVAIL") {
    return { text: `Watcher cannot listen: ${message}.\nChoose another PORT or HOST.`, exitCode: 2 };
  }
  return { text: error instanceof Error ? (error.stack ?? message) : String(error), exitCode: 3 };
}
