import type * as Parser from "libpg-query";
import type { Tree } from "./tree.ts";

interface Inner {
  readonly node: string;
  readonly tree: Tree;
}

/**
 * The statements in a DO block in PL/pgSQL: those that stand there, and those that EXECUTE has as a plain string, whether
 * or not a condition ever lets them run. Nothing is known of what is put together from parts.
 */
export function blockStatements(parser: typeof Parser, block: string): Inner[] {
  try {
    return [...queries(parser.parsePlPgSQLSync(block))].flatMap((query) => parsed(parser, query));
  } catch {
    // Another language, or a block that PostgreSQL will refuse.
    return [];
  }
}

function parsed(parser: typeof Parser, query: string): Inner[] {
  try {
    return (parser.parseSync(query).stmts ?? []).map(({ stmt }) => {
      const [node, tree] = Object.entries(stmt ?? { Empty: {} })[0]!;
      return { node, tree };
    });
  } catch {
    return [];
  }
}

/** The texts of statements in the tree of a block. */
function* queries(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    for (const item of value) yield* queries(item);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  for (const [kind, inner] of Object.entries(value)) {
    if (kind === "PLpgSQL_stmt_execsql") yield* expression(inner, "sqlstmt");
    else if (kind === "PLpgSQL_stmt_dynexecute") yield* [...expression(inner, "query")].flatMap(plainString);
    else yield* queries(inner);
  }
}

function* expression(statement: unknown, field: string): Generator<string> {
  const query = (statement as Record<string, { PLpgSQL_expr?: { query?: unknown } }>)[field]?.PLpgSQL_expr?.query;
  if (typeof query === "string") yield query;
}

/** What a string constant says. */
function plainString(text: string): string[] {
  const [, quoted] = /^\s*'((?:[^']|'')*)'\s*$/.exec(text) ?? [];
  if (quoted !== undefined) return [quoted.replaceAll("''", "'")];
  const [, , inDollars] = /^\s*(\$\w*\$)(.*)\1\s*$/s.exec(text) ?? [];
  return inDollars === undefined ? [] : [inDollars];
}
