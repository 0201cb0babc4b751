import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { LimbeckError } from "../errors/limbeck-error.ts";

/** Where one part of a target schema comes from. Modules that follow each other are read together. */
export type Source =
  | { readonly kind: "database"; readonly url: string }
  | { readonly kind: "drizzle"; readonly files: readonly string[] }
  | { readonly kind: "sql"; readonly files: readonly string[] };

const MODULE = /(?<!\.d)(?<!\.(?:test|spec))\.[cm]?[jt]s$/;
const SQL = /\.sql$/i;

/**
 * Finds out what each name of a target schema is: the URL of a database, a Drizzle module, a `.sql` file, or a folder,
 * which stands for its modules and then its `.sql` files. Paths count from `folder`. Throws SCHEMA_SOURCE_INVALID.
 */
export function findSources(targets: readonly string[], folder: string): Source[] {
  const sources = targets.flatMap((target) => findSource(target, folder));
  if (sources.length > 1 && sources.some(({ kind }) => kind === "database")) throw mixedWithDatabase();
  return sources.reduce<Source[]>((merged, source) => {
    const last = merged.at(-1);
    if (last?.kind !== "drizzle" || source.kind !== "drizzle") return [...merged, source];
    return [...merged.slice(0, -1), { kind: "drizzle", files: [...last.files, ...source.files] }];
  }, []);
}

function findSource(target: string, folder: string): Source[] {
  if (/^[a-z][a-z0-9+]*:\/\//i.test(target)) return [{ kind: "database", url: target }];
  const path = resolve(folder, target);
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) throw missing(path);
  if (!status.isDirectory()) return [sourceOfFile(path)];
  const files = readdirSync(path).toSorted();
  const inside = (pattern: RegExp): string[] =>
    files.filter((name) => pattern.test(name)).map((name) => join(path, name));
  const sources: Source[] = [
    { kind: "drizzle", files: inside(MODULE) },
    { kind: "sql", files: inside(SQL) },
  ];
  const found = sources.filter((source) => source.kind !== "database" && source.files.length > 0);
  if (found.length === 0) throw emptyFolder(path);
  return found;
}

function sourceOfFile(path: string): Source {
  if (SQL.test(path)) return { kind: "sql", files: [path] };
  if (MODULE.test(path)) return { kind: "drizzle", files: [path] };
  throw new LimbeckError("SCHEMA_SOURCE_INVALID", {
    message: `The target schema ${path} is neither a module nor SQL.`,
    hint: "Name a Drizzle module (.ts, .js), a .sql file, a folder of them, or the URL of a database.",
    where: { file: path },
  });
}

function missing(path: string): LimbeckError {
  return new LimbeckError("SCHEMA_SOURCE_INVALID", {
    message: `The target schema ${path} does not exist.`,
    hint: "Correct `schema` in limbeck.config.ts; paths count from its folder.",
    where: { file: path },
  });
}

function emptyFolder(path: string): LimbeckError {
  return new LimbeckError("SCHEMA_SOURCE_INVALID", {
    message: `The folder ${path} has neither modules nor .sql files for a target schema.`,
    hint: "Name a Drizzle module (.ts, .js), a .sql file, a folder of them, or the URL of a database.",
    where: { file: path },
  });
}

function mixedWithDatabase(): LimbeckError {
  return new LimbeckError("SCHEMA_SOURCE_INVALID", {
    message: "The target schema names a database and something else, and a database is a target by itself only.",
    hint: "Name the database alone, or the modules and .sql files without it.",
  });
}
