import type { PgMaterializedView, PgView } from "drizzle-orm/pg-core";
import { execute } from "../operations/execute.ts";
import { identifier, qualified } from "../operations/language/identifiers.ts";
import { clauses } from "../operations/language/statement.ts";
import type { Operation } from "../operations/operation.ts";
import { patternOf } from "../schema/pattern.ts";
import type { DrizzleLibrary } from "./drizzle-library.ts";

interface ViewSource {
  readonly name: string;
  readonly query: string;
  /** The whole statement, the query in it. */
  readonly sql: string;
}

/** Creates views, each after those that it reads from. A view that Drizzle is told exists already is not created. */
export function viewOperations(
  views: readonly PgView[],
  materializedViews: readonly PgMaterializedView[],
  library: DrizzleLibrary,
): Operation[] {
  const sources = [
    ...views.map((view) => viewSource(view, library)),
    ...materializedViews.map((view) => materializedViewSource(view, library)),
  ].filter((source) => source !== undefined);
  return inOrder(sources).map(({ sql }) => execute(sql));
}

type Options = Readonly<Record<string, unknown>> | undefined;

/** Undefined for a view that is declared as existing: it has no query, whatever the types say. */
function viewSource(view: PgView, { pg, render }: DrizzleLibrary): ViewSource | undefined {
  const config = pg.getViewConfig(view) as ReturnType<typeof pg.getViewConfig> & { readonly with?: Options };
  if (config.query === undefined) return undefined;
  const query = render(config.query);
  const sql = clauses("CREATE VIEW", qualified(config.schema, config.name), withSql(config.with), `AS ${query}`);
  return { name: config.name, query, sql };
}

function materializedViewSource(view: PgMaterializedView, { pg, render }: DrizzleLibrary): ViewSource | undefined {
  const config = pg.getMaterializedViewConfig(view);
  if (config.query === undefined) return undefined;
  const query = render(config.query);
  const sql = clauses(
    "CREATE MATERIALIZED VIEW",
    qualified(config.schema, config.name),
    config.using && `USING ${identifier(config.using)}`,
    withSql(config.with),
    config.tablespace && `TABLESPACE ${identifier(config.tablespace)}`,
    `AS ${query}`,
    config.withNoData && "WITH NO DATA",
  );
  return { name: config.name, query, sql };
}

/** Drizzle writes PostgreSQL's option names in camel case. */
function withSql(options: Options): string {
  const given = Object.entries(options ?? {}).filter(([, value]) => value !== undefined);
  if (given.length === 0) return "";
  const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return `WITH (${given.map(([name, value]) => `${snake(name)} = ${String(value)}`).join(", ")})`;
}

/**
 * Drizzle does not tell what a view reads from, but whatever a query reads from it names. A name that means something
 * else orders two views that need no order; where such names go in a circle, the order of the exports stands.
 */
function inOrder(views: readonly ViewSource[]): ViewSource[] {
  const ordered = new Set<ViewSource>();
  const visiting = new Set<ViewSource>();
  const visit = (view: ViewSource): void => {
    if (ordered.has(view) || visiting.has(view)) return;
    visiting.add(view);
    for (const other of views) if (other !== view && mentions(view.query, other.name)) visit(other);
    ordered.add(view);
  };
  views.forEach(visit);
  return [...ordered];
}

function mentions(query: string, name: string): boolean {
  return new RegExp(`(?<![\\w$])${patternOf(name)}(?![\\w$])`).test(query);
}
