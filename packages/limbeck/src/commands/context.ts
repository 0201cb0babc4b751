import { hostname } from "node:os";
import { loadConfig, type ConfigInput, type ResolvedConfig } from "../config/load.ts";
import { accountName } from "../database/account.ts";
import type { Session } from "../database/session.ts";
import { RevisionGraph } from "../revisions/graph.ts";
import { toAll, type RunListener } from "../runner/events.ts";
import type { Runner } from "../runner/history.ts";
import type { Spans } from "../runner/spans.ts";
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
  /** Who runs it, for the history. */
  readonly who: Runner;
  /** Reads the headers of all revision files, or of those in some folders, and makes the graph of them, anew each time. */
  graph(locations?: readonly string[]): RevisionGraph<RevisionFile>;
  /** The one session of this context, opened at the first call. */
  session(): Promise<Session>;
  /** Begins to connect to a server, which answers while files are read. An embedded database is made by opening it: not yet. */
  connectAhead(): void;
  /** OpenTelemetry's spans; undefined unless a tracer provider is registered. */
  spans(): Promise<Spans | undefined>;
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
  /** A connected `pg` Client, or a PGlite instance, to use instead of opening one. */
  readonly client?: object | undefined;
}

/** Reads the configuration. Nothing else is touched until a command asks for it. */
export async function openContext(input: ContextInput): Promise<Context> {
  const config = await loadConfig(input);
  const listener = toAll(input.listener);
  let spans: Promise<Spans | undefined> | undefined;
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
    who: {
      who: accountName(config.env),
      host: hostname(),
      version: input.version,
      applicationVersion: config.applicationVersion ?? null,
    },
    graph: (locations = config.locations) => readGraph(locations, config.recursive),
    session: open,
    connectAhead() {
      if (!/^pglite:/i.test(config.url)) open().catch(() => undefined);
    },
    spans: () => (spans ??= import("../runner/spans.ts").then(({ openSpans }) => openSpans(input.version))),
    async close() {
      const opened = await session?.catch(() => undefined);
      session = undefined;
      await opened?.close();
      await (await spans)?.flush(FLUSH_MS);
    },
  };
}

/** How long an exporter of spans may hold up the end. */
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
