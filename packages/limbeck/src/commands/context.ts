import { hostname } from "node:os";
import { setImmediate as turn } from "node:timers/promises";
import { loadConfig, type ConfigInput, type ResolvedConfig } from "../config/load.ts";
import { accountName } from "../database/account.ts";
import type { Session } from "../database/session.ts";
import { redact } from "../errors/redact.ts";
import { RevisionGraph } from "../revisions/graph.ts";
import { toAll, type RunListener } from "../runner/events.ts";
import type { Runner } from "../runner/history.ts";
import type { Telemetry } from "../runner/telemetry.ts";
import { findRevisionFiles } from "../scripts/find.ts";
import type { Authoring } from "../scripts/load.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";

/** What every command works with. Everything from outside comes in here: folder, environment, clock, listener. */
export interface Context {
  readonly config: ResolvedConfig;
  readonly authoring: Authoring;
  readonly listener: RunListener;
  readonly signal: AbortSignal | undefined;
  /** The folder from which the paths of a command line count. */
  readonly cwd: string;
  /** The values given as `-x key=value`. */
  readonly arguments: Readonly<Record<string, string>>;
  readonly now: () => Date;
  readonly version: string;
  /** Puts a question to whoever sits at the terminal; undefined where nobody does. */
  readonly ask: ((question: string) => Promise<boolean>) | undefined;
  /** Lets whoever sits there type something; undefined where nobody does. */
  readonly askText: ((question: string) => Promise<string>) | undefined;
  /** The options that choose the database, as they were given: what leads another command to the same one. */
  readonly options: readonly string[];
  /** Who runs it, for the history. */
  readonly who: Runner;
  /** Reads the headers of all revision files, or of those in some folders, and makes the graph of them, anew each time. */
  graph(locations?: readonly string[]): RevisionGraph<RevisionFile>;
  /** The one session of this context, opened at the first call. */
  session(): Promise<Session>;
  /**
   * Begins to connect to a server, which answers while files are read: what is sent is on its way when this is done. An embedded
   * database is made by opening it: not yet.
   */
  connectAhead(): Promise<void>;
  /** OpenTelemetry's; undefined unless a provider of spans or metrics is registered. */
  telemetry(): Promise<Telemetry | undefined>;
  close(): Promise<void>;
}

export interface ContextInput extends Omit<ConfigInput, "authoring"> {
  readonly version: string;
  readonly authoring: Authoring;
  readonly listener?: RunListener | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly arguments?: Readonly<Record<string, string>> | undefined;
  readonly now?: (() => Date) | undefined;
  readonly ask?: Context["ask"];
  readonly askText?: Context["askText"];
  /** A connected `pg` Client, or a PGlite instance, to use instead of opening one. */
  readonly client?: object | undefined;
}

/** Reads the configuration. Nothing else is touched until a command asks for it. */
export async function openContext(input: ContextInput): Promise<Context> {
  const config = await loadConfig(input);
  const listener = toAll(input.listener);
  let telemetry: Promise<Telemetry | undefined> | undefined;
  let session: Promise<Session> | undefined;
  const open = (): Promise<Session> => (session ??= connect(config, { ...input, listener }));
  return {
    config,
    authoring: input.authoring,
    listener,
    signal: input.signal,
    cwd: input.cwd,
    arguments: input.arguments ?? {},
    now: input.now ?? (() => new Date()),
    version: input.version,
    ask: input.ask,
    askText: input.askText,
    options: chosenBy(input),
    who: {
      who: accountName(config.env),
      host: hostname(),
      version: input.version,
      applicationVersion: config.applicationVersion ?? null,
    },
    graph: (locations = config.locations) => readGraph(locations, config.recursive),
    session: open,
    async connectAhead() {
      if (/^pglite:/i.test(config.url)) return;
      open().catch(() => undefined);
      await turn();
    },
    telemetry: () =>
      (telemetry ??= import("../runner/telemetry.ts").then(({ openTelemetry }) => openTelemetry(input.version))),
    async close() {
      const opened = await session?.catch(() => undefined);
      session = undefined;
      await opened?.close();
      await (await telemetry)?.flush(FLUSH_MS);
    },
  };
}

function chosenBy({ file, environment, url }: ConfigInput): string[] {
  return [
    ...(file === undefined ? [] : ["--config", file]),
    ...(environment === undefined ? [] : ["--env", environment]),
    ...(url === undefined ? [] : ["--url", redact(url)]),
  ];
}

/** How long an exporter may hold up the end. */
const FLUSH_MS = 3000;

function readGraph(locations: readonly string[], recursive: boolean): RevisionGraph<RevisionFile> {
  return RevisionGraph.from(findRevisionFiles({ locations, recursive }));
}

/** Loaded late: commands about the graph need no driver. */
async function connect(config: ResolvedConfig, { client, listener }: ContextInput): Promise<Session> {
  const { openSession, sessionOfClient } = await import("../database/open.ts");
  if (client !== undefined) return sessionOfClient(client);
  const onWait = (heldBy: string): void => listener?.({ type: "wait", for: "database", heldBy });
  return await openSession(config.url, config.folder, config.env, onWait);
}
