import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { Command, CommanderError, Option } from "commander";
import { isLimbeckError } from "limbeck";
import type { Context } from "./commands/context.ts";
import { createLogger } from "./logger.ts";
import { readSettings, SettingsError } from "./settings.ts";

const dotEnv = new URL("../.env", import.meta.url);

try {
  await program().parseAsync();
} catch (error) {
  const { text, exitCode } = explain(error);
  if (text !== "") process.stderr.write(`${text}\n`);
  process.exitCode = exitCode;
}

function program(): Command {
  const watcher = new Command("watcher")
    .description("Keeps track of what data pipelines do.")
    .exitOverride()
    .configureHelp({ showGlobalOptions: true });
  watcher
    .command("serve", { isDefault: true })
    .description("serve the API, and work on jobs beside it")
    .action(async () => {
      // The context comes first: a signal is heeded while the rest is being loaded, too.
      const here = context();
      await (await import("./commands/serve.ts")).serve(here);
    });
  watcher
    .command("worker")
    .description("work on jobs only")
    .action(async () => {
      const here = context();
      await (await import("./commands/worker.ts")).worker(here);
    });
  const token = watcher.command("token").description("say who may use the API");
  const role = new Option("--role <role>", "what it allows").choices(["read", "write", "admin"]).default("write");
  token
    .command("create")
    .description("make a token, and print it this once")
    .requiredOption("--name <name>", "who it is for")
    .addOption(role)
    .action(async (options: { name: string; role: "read" | "write" | "admin" }) => {
      const { createAccess } = await import("./commands/token.ts");
      print(await createAccess(quietContext(), options.name, options.role));
    });
  token
    .command("list")
    .description("list the tokens")
    .action(async () => print(await (await import("./commands/token.ts")).listAccess(quietContext())));
  token
    .command("revoke <id>")
    .description("end what a token allows")
    .action(async (id: string) =>
      print(await (await import("./commands/token.ts")).revokeAccess(quietContext(), Number(id))),
    );
  watcher
    .command("demo")
    .description("fill the database with a month of made-up pipelines")
    .action(async () => print(await (await import("./commands/demo.ts")).demo(quietContext())));
  return watcher;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function context(output: NodeJS.WriteStream = process.stdout): Context {
  const settings = readSettings(environment());
  return { settings, logger: createLogger(settings.logLevel, output), signal: untilStopped() };
}

/** For commands whose answer is on stdout. */
function quietContext(): Context {
  return context(process.stderr);
}

/** As for the limbeck command: what the process was given wins over the file, and an empty variable is not given. */
function environment(): NodeJS.ProcessEnv {
  const given = Object.entries(process.env).filter(([, value]) => value !== "");
  return { ...(existsSync(dotEnv) && parseEnv(readFileSync(dotEnv, "utf8"))), ...Object.fromEntries(given) };
}

/** Aborted by the first SIGINT or SIGTERM. The second one ends the process there and then, as if nobody listened. */
function untilStopped(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => controller.abort());
  return controller.signal;
}

function explain(error: unknown): { text: string; exitCode: number } {
  // Commander has told of it already.
  if (error instanceof CommanderError) return { text: "", exitCode: error.exitCode === 0 ? 0 : 2 };
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
