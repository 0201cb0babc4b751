import { existsSync, readFileSync } from "node:fs";
import type { ClientConfig } from "pg";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { accountName } from "./account.ts";
import type { ServerUrl } from "./url.ts";

const DEFAULT_PORT = 5432;
const DEFAULT_TIMEOUT_SECONDS = 10;
const SOCKET_FOLDERS = ["/var/run/postgresql", "/tmp"];

/**
 * The ways to connect, in the order in which to try them: one, or for `sslmode` allow and prefer one with and one
 * without encryption. What the URL leaves out comes from libpq's environment variables, then from libpq's defaults.
 */
export function connectionAttempts(url: ServerUrl, env: NodeJS.ProcessEnv): ClientConfig[] {
  const port = url.port ?? numberFrom("PGPORT", env["PGPORT"]) ?? DEFAULT_PORT;
  const host = url.host ?? env["PGHOST"] ?? defaultHost(port);
  const user = url.user ?? env["PGUSER"] ?? accountName(env);
  const timeout =
    numberFrom("connect_timeout", url.parameters.get("connect_timeout") ?? env["PGCONNECT_TIMEOUT"]) ??
    DEFAULT_TIMEOUT_SECONDS;
  const options = url.parameters.get("options") ?? env["PGOPTIONS"];
  const password = url.password ?? env["PGPASSWORD"];
  const base: ClientConfig = {
    host,
    port,
    user,
    database: url.database ?? env["PGDATABASE"] ?? user,
    application_name: url.parameters.get("application_name") ?? env["PGAPPNAME"] ?? "limbeck",
    connectionTimeoutMillis: Math.max(0, timeout) * 1000,
    keepAlive: true,
    // A server that is gone without a word is noticed in half a minute, and not after the system's two hours.
    keepAliveInitialDelayMillis: 10_000,
    ...(password === undefined ? {} : { password }),
    ...(options === undefined ? {} : { options }),
  };
  return encryptionAttempts(url, host, env).map((ssl) => ({ ...base, ssl }));
}

function numberFrom(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  if (/^\s*-?\d+\s*$/.test(text)) return Number(text);
  throw new LimbeckError("URL_INVALID", {
    message: `${name}=${text} is no number.`,
    hint: "Correct the environment variable or the database URL.",
  });
}

function defaultHost(port: number): string {
  return SOCKET_FOLDERS.find((folder) => existsSync(`${folder}/.s.PGSQL.${port}`)) ?? "localhost";
}

type Ssl = NonNullable<ClientConfig["ssl"]>;

/** libpq's sslmode. `prefer` begins without encryption where nothing leaves the machine. */
function encryptionAttempts(url: ServerUrl, host: string, env: NodeJS.ProcessEnv): Ssl[] {
  if (host.startsWith("/")) return [false];
  const mode = url.parameters.get("sslmode") ?? url.parameters.get("ssl") ?? env["PGSSLMODE"] ?? "prefer";
  const files = certificateFiles(url, env);
  const unverified: Ssl = { ...files, rejectUnauthorized: false };
  switch (mode) {
    case "disable":
    case "false":
      return [false];
    case "allow":
      return [false, unverified];
    case "prefer":
      return isLoopback(host) ? [false, unverified] : [unverified, false];
    case "require":
    case "true":
      return [files.ca === undefined ? unverified : verifiedAuthority(files)];
    case "verify-ca":
      return [verifiedAuthority(files)];
    case "verify-full":
      return [{ ...files, rejectUnauthorized: true }];
    default:
      throw new LimbeckError("URL_INVALID", {
        message: `sslmode=${mode} is no mode of PostgreSQL's.`,
        hint: "Use disable, allow, prefer, require, verify-ca or verify-full.",
      });
  }
}

interface CertificateFiles {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

function verifiedAuthority(files: CertificateFiles): Ssl {
  return { ...files, rejectUnauthorized: true, checkServerIdentity: () => undefined };
}

function certificateFiles(url: ServerUrl, env: NodeJS.ProcessEnv): CertificateFiles {
  const read = (parameter: string, field: keyof CertificateFiles): CertificateFiles => {
    const path = url.parameters.get(parameter) ?? env[`PG${parameter.toUpperCase()}`];
    if (path === undefined || path === "system") return {};
    try {
      return { [field]: readFileSync(path, "utf8") };
    } catch (cause) {
      throw new LimbeckError("URL_INVALID", {
        message: `The file ${path}, named by ${parameter} in the database URL or the environment, cannot be read.`,
        hint: "Check the path and its permissions.",
        cause,
      });
    }
  };
  return { ...read("sslrootcert", "ca"), ...read("sslcert", "cert"), ...read("sslkey", "key") };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}
