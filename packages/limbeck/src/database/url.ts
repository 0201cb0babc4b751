import { resolve } from "node:path";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { redact } from "../errors/redact.ts";

/** Where a database is: the embedded one in a folder or in memory, or a server. */
export type DatabaseUrl =
  | { readonly kind: "embedded"; readonly folder: string | undefined }
  | { readonly kind: "server"; readonly url: ServerUrl };

/** The parts of a server's URL, decoded. What is missing is PostgreSQL's usual default. */
export interface ServerUrl {
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: string | undefined;
  readonly parameters: ReadonlyMap<string, string>;
  /** The URL for people's eyes, without its password. */
  readonly redacted: string;
}

const SERVER_URL =
  /^(?<scheme>[^:]+:\/\/)(?:(?<userinfo>[^/?#]*)@)?(?<host>\[[^\]]*\]|[^/?#:]*)(?::(?<port>[^/?#]*))?(?:\/(?<database>[^?#]*))?(?:\?(?<query>[^#]*))?$/;

/**
 * Understands a database URL. A SQLAlchemy driver suffix (`postgresql+asyncpg://`) is ignored. A relative
 * `pglite://` folder counts from `folder`. Throws URL_INVALID.
 */
export function parseDatabaseUrl(text: string, folder: string): DatabaseUrl {
  const scheme = /^([a-z][a-z0-9]*)(?:\+[a-z0-9_]+)?:\/\//i.exec(text);
  switch (scheme?.[1]?.toLowerCase()) {
    case "pglite": {
      const path = text.slice(scheme[0].length);
      return { kind: "embedded", folder: path === "memory" || path === "" ? undefined : resolve(folder, path) };
    }
    case "postgres":
    case "postgresql":
      return { kind: "server", url: parseServerUrl(text) };
    default:
      throw new LimbeckError("URL_INVALID", {
        message: `The database URL ${JSON.stringify(redactUrl(text))} is of no kind that limbeck knows.`,
        hint: "Write postgresql://user@host:5432/database, or pglite://folder for the embedded database.",
      });
  }
}

function parseServerUrl(text: string): ServerUrl {
  const { userinfo, host, port, database, query } = SERVER_URL.exec(text)?.groups ?? {};
  const parameters = new Map(new URLSearchParams(query ?? ""));
  const portText = port || parameters.get("port");
  const portNumber = portText === undefined ? undefined : Number(portText);
  const valid = SERVER_URL.test(text) && (portNumber === undefined || isPort(portNumber));
  if (!valid) {
    throw new LimbeckError("URL_INVALID", {
      message: `The database URL ${JSON.stringify(redactUrl(text))} cannot be taken apart.`,
      hint: "Write postgresql://user:password@host:5432/database, with `@ : / ? # %` in a user or password percent-encoded.",
    });
  }
  const [user, ...password] = (userinfo ?? "").split(":");
  return {
    host: decoded(host?.replace(/^\[|\]$/g, "")) ?? parameters.get("host"),
    port: portNumber,
    user: decoded(user) ?? parameters.get("user"),
    password: decoded(password.join(":")) ?? parameters.get("password"),
    database: decoded(database) ?? parameters.get("dbname"),
    parameters,
    redacted: redactUrl(text),
  };
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port < 65536;
}

function decoded(text: string | undefined): string | undefined {
  if (text === undefined || text === "") return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * A URL for people's eyes: the password, wherever it stands, replaced by stars. What cannot be understood may have
 * one too: behind the first colon in front of the last `@`, and where a port should be.
 */
function redactUrl(text: string): string {
  return redact(
    text
      .replace(/([?&](?:ssl)?password=)[^&]*/gi, "$1***")
      .replace(/^([^:@]*:\/\/)?([^:@/]*):(?!\/\/).*@/s, "$1$2:***@")
      .replace(/^([^:@]*:\/\/[^:@/?#[]*):(?!\d*(?:[/?#]|$)|\*\*\*@).*/s, "$1:***"),
  );
}
