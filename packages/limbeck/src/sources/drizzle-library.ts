import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { SQL } from "drizzle-orm";
import type * as DrizzleOrm from "drizzle-orm";
import type * as DrizzlePg from "drizzle-orm/pg-core";
import { LimbeckError } from "../errors/limbeck-error.ts";

/**
 * The user's own drizzle-orm. Its `is` and its getters know an object by `Symbol.for`, so they also understand objects
 * of another copy, which a module loader may have made.
 */
export interface DrizzleLibrary {
  readonly orm: typeof DrizzleOrm;
  readonly pg: typeof DrizzlePg;
  /** An expression as SQL, with its values as literals. `columnsOnly`: without the table in front of columns. */
  readonly render: (expression: SQL, options?: { readonly columnsOnly?: boolean }) => string;
}

/** Imports the drizzle-orm that a schema file itself would import. Throws SCHEMA_SOURCE_INVALID. */
export async function importDrizzle(file: string): Promise<DrizzleLibrary> {
  const require = createRequire(file);
  const load = async (name: string): Promise<unknown> => await import(pathToFileURL(require.resolve(name)).href);
  try {
    const [orm, pg] = await Promise.all([load("drizzle-orm"), load("drizzle-orm/pg-core")]);
    return drizzleLibrary(orm as DrizzleLibrary["orm"], pg as DrizzleLibrary["pg"]);
  } catch (cause) {
    throw new LimbeckError("SCHEMA_SOURCE_INVALID", {
      message: "The target schema is a Drizzle module, and the package drizzle-orm cannot be loaded from its folder.",
      hint: "Run `npm install drizzle-orm` there.",
      where: { file },
      cause,
    });
  }
}

export function drizzleLibrary(orm: DrizzleLibrary["orm"], pg: DrizzleLibrary["pg"]): DrizzleLibrary {
  const dialect = new pg.PgDialect();
  return {
    orm,
    pg,
    render: (expression, { columnsOnly = false } = {}) =>
      dialect.sqlToQuery(orm.sql`${expression}`.inlineParams(), columnsOnly ? "indexes" : undefined).sql,
  };
}
